import type { Comparison } from './compare-answers.ts'
import { knownDifferences, knownReason } from './known-differences.ts'

/** What stands before and after the generated part of docs/fidelity.md. */
const BEGIN = '<!-- Answers: generated from the recordings by `npm run docs`. -->'
const END = '<!-- End of what is generated. -->'

/** The groups of recordings in which a plugin answers, by the first letter of their ids. */
const groups: Readonly<Record<string, string>> = {
  b: 'requests to `/api/ds/query`',
  c: 'answers to `/api/ds/query`',
  d: 'resources',
  e: 'health',
  f: 'metrics',
  g: 'Live: subscribe and publish',
  h: 'the process dies',
  k: 'the server is stopped',
}

/** Replaces the generated part of docs/fidelity.md. */
export function withFidelitySection(document: string, comparisons: readonly Comparison[]): string {
  const start = document.indexOf(BEGIN)
  const end = document.indexOf(END)
  if (start === -1 || end < start) throw new TypeError('docs/fidelity.md has no place for the generated part')
  return document.slice(0, start) + fidelitySection(comparisons) + document.slice(end)
}

/** Figures and differences with their reasons, as Markdown. */
function fidelitySection(comparisons: readonly Comparison[]): string {
  const row = (name: string, some: readonly Comparison[]): string => {
    const different = some.filter(({ differences }) => differences.length > 0)
    const known = different.filter(({ id, version }) => knownReason(id, version) !== undefined)
    return `| ${name} | ${some.length} | ${some.length - different.length} | ${known.length} | ${different.length - known.length} |`
  }
  return [
    BEGIN,
    '',
    '| Recordings | Answers | equal | different, with a reason | unexplained |',
    '| --- | --- | --- | --- | --- |',
    ...Object.entries(groups).map(([group, name]) =>
      row(
        name,
        comparisons.filter((one) => one.group === group),
      ),
    ),
    row('all', comparisons),
    '',
    '| Different | In | Reason |',
    '| --- | --- | --- |',
    ...knownDifferences.map(
      ({ ids, versions = ['10.4.3', '12.4.0'], reason }) =>
        `| ${ids.map((id) => `\`${id}\``).join(', ')} | ${versions.join(', ')} | ${reason} |`,
    ),
    '',
    '',
  ].join('\n')
}
