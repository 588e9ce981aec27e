import { canonicalName } from '../context/client-headers.ts'

/** Header lines in the order of their names. Values hold one character per byte, as in `node:http`. */
export type ResponseHeaders = ReadonlyArray<readonly [name: string, value: string]>

/**
 * The headers that an HTTP client gets of a resource call's first message (RES-205, RES-206).
 *
 * Source: grafana:pkg/plugins/manager/client/client.go CallResource, pkg/util/proxyutil/proxyutil.go SetProxyResponseHeaders.
 */
export function responseHeaders(
  sent: Readonly<Record<string, { readonly values: readonly string[] }>>,
  status: number,
): ResponseHeaders {
  const byName = new Map(Object.entries(sent).map(([name, { values }]) => [canonicalName(name), values]))
  const connection = (byName.get('Connection') ?? []).flatMap((line) => line.split(','))
  for (const name of [...removedHeaders, ...connection.map((one) => canonicalName(one.trim()))])
    byName.delete(name)
  // Go's HTTP server guesses the type where the header is there without a value, which is not imitated beyond text.
  const type = byName.get('Content-Type')
  if (type?.length === 0) byName.set('Content-Type', ['text/plain; charset=utf-8'])
  if (type === undefined && status !== 204 && status !== 304) byName.set('Content-Type', ['application/json'])
  if (status === 304) byName.delete('Content-Type')
  for (const [name, value] of ownHeaders) byName.set(name, [value])
  return [...byName]
    .filter(([name]) => isToken(name))
    .flatMap(([name, values]) => values.map((value) => [name, headerValue(value)] as const))
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
}

/** Hop-by-hop headers, what a plugin may not set, and what Grafana sets itself. */
const removedHeaders = [
  'Connection',
  'Expires',
  'Keep-Alive',
  'Proxy-Authenticate',
  'Proxy-Authorization',
  'Proxy-Connection',
  'Set-Cookie',
  'Te',
  'Trailer',
  'Transfer-Encoding',
  'Upgrade',
  'User-Agent',
] as const

/** The headers of an answer in which the plugin had no say (recording `d-grpc-2`). */
export const errorHeaders: ResponseHeaders = [
  ['Cache-Control', 'no-store'],
  ['Content-Type', 'application/json'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'deny'],
  ['X-Xss-Protection', '1; mode=block'],
]

const ownHeaders = [
  ['Cache-Control', 'no-store'],
  ['Content-Security-Policy', 'sandbox'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'deny'],
  ['X-Xss-Protection', '1; mode=block'],
] as const

function headerValue(value: string): string {
  return Buffer.from(value.replaceAll(/[\r\n]/g, ' '), 'utf8').toString('latin1')
}

function isToken(name: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)
}
