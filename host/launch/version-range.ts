/** `1`, `1.x`, `1.2.*`, `1.2.3-rc.1+build` */
const VERSION = String.raw`v?(?:[x*]|\d+)(?:\.(?:[xX*]|\d+)){0,2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?`
const COMPARATOR = String.raw`(?:[~^]|~>|[<>]=?|=)?\s*${VERSION}`
const HYPHENS = String.raw`${VERSION}\s+-\s+${VERSION}`
const SET = String.raw`\s*(?:${HYPHENS}|${COMPARATOR}(?:[\s,]+${COMPARATOR})*|)\s*`
const RANGE = new RegExp(String.raw`^${SET}(?:\|\|${SET})*$`)

/** Whether a text is a range of versions as npm and Grafana's catalog understand it (node-semver, README "Ranges"). */
export function isVersionRange(text: string): boolean {
  return RANGE.test(text)
}
