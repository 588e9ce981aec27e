/** The cookie that logs a browser in; it never reaches a data source (CTX-205). */
const loginCookie = 'grafana_session'

/**
 * The `Cookie` header that a data source gets, of which its `keepCookies` decides (CTX-205): `abc` keeps that cookie,
 * `abc[]` all that begin so, `[]` all. Names are sorted. Nothing left means no header.
 */
export function keptCookies(cookies: string, keepCookies: readonly string[]): string | undefined {
  const kept = cookies
    .split(';')
    .map((cookie) => cookie.trim())
    .filter((cookie) => isKept(nameOf(cookie), keepCookies))
  return kept.length === 0 ? undefined : kept.sort(byName).join('; ')
}

function isKept(name: string, keepCookies: readonly string[]): boolean {
  if (name === '' || name === loginCookie) return false
  return keepCookies.some((entry) =>
    entry.endsWith('[]') ? name.startsWith(entry.slice(0, -2)) : name === entry,
  )
}

function nameOf(cookie: string): string {
  return cookie.split('=', 1)[0] ?? ''
}

function byName(left: string, right: string): number {
  return Buffer.compare(Buffer.from(nameOf(left)), Buffer.from(nameOf(right)))
}
