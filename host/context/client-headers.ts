/** Header lines in the order in which an HTTP client sent them. Values hold one character per byte, as in `node:http`. */
export type HeaderLines = readonly (readonly [name: string, value: string])[]

/** What a Go server makes of header lines: every line's value under the canonical spelling of its name. */
export function canonicalHeaders(lines: HeaderLines): Map<string, string[]> {
  const headers = new Map<string, string[]>()
  for (const [name, value] of lines) {
    const canonical = canonicalName(name)
    headers.set(canonical, [...(headers.get(canonical) ?? []), value])
  }
  return headers
}

/** Go's spelling of a header name: `x-dashboard-uid` becomes `X-Dashboard-Uid` (CTX-201; Go `net/textproto`). */
export function canonicalName(name: string): string {
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) return name
  return name.toLowerCase().replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase())
}
