import { isUtf8 } from 'node:buffer'

import { ConformanceError } from '../conformance-error.ts'

/** How a resource call says where it goes: `path` decoded, and `url` encoded again with the query behind it (RES-102). */
export interface ResourcePath {
  readonly path: string
  readonly url: string
}

/**
 * Splits what a client wrote after `resources/` the way Grafana's router does: one trailing slash is dropped, and
 * percent-encoding is undone once. A path that Grafana refuses itself (`%zz`, `%ff`) is a usage error.
 */
export function resourcePath(written: string, query: string): ResourcePath {
  const path = decoded(written.endsWith('/') ? written.slice(0, -1) : written)
  const encoded = encodedPath(path)
  // A relative reference must not look as if it began with a scheme (Go `net/url` URL.String).
  const colonFirst = /^[^/]*:/.test(encoded)
  return { path, url: (colonFirst ? './' : '') + encoded + (query === '' ? '' : `?${query}`) }
}

function decoded(written: string): string {
  const refused = (reason: string): ConformanceError =>
    new ConformanceError(
      'usage',
      `Expected a resource path that Grafana passes on, found ${JSON.stringify(written)}: ${reason}.`,
    )
  if (/%(?![0-9A-Fa-f]{2})/.test(written))
    throw refused('a percent sign without two hexadecimal digits gets status 400')
  const bytes = Buffer.from(written, 'utf8')
    .toString('latin1')
    .replace(/%(..)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
  const path = Buffer.from(bytes, 'latin1')
  if (!isUtf8(path)) throw refused('bytes that are not UTF-8 get status 500')
  return path.toString('utf8')
}

/** Go's `URL.EscapedPath`: a path that is just `*` stays, else letters, digits and `-_.~$&+,/:;=@` do. */
function encodedPath(path: string): string {
  if (path === '*') return path
  return [...Buffer.from(path, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      if (/[A-Za-z0-9\-_.~$&+,/:;=@]/.test(character)) return character
      return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
}
