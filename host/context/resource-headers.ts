import { canonicalHeaders, canonicalName, type HeaderLines } from './client-headers.ts'
import { keptCookies } from './cookies.ts'
import { defaultIdToken } from './id-token.ts'
import type { HostProfile } from './profile.ts'

/** What the headers of a resource call are made of besides the profile. */
export interface ResourceHeaderOptions {
  /** The header lines that the HTTP client sent. Default: none. */
  readonly headers?: HeaderLines
  /** Whose cookie rules apply: those of a data source, or of a plugin-level route (CTX-205). Default: a data source. */
  readonly settings?: 'datasource' | 'app' | 'none'
  /** `keepCookies` of the data source's settings (CTX-205). Default: none, so that no cookie passes. */
  readonly keepCookies?: readonly string[]
  /** The id token of the requester; empty for one who has none. Default: a made-up one where the profile sends it. */
  readonly idToken?: string
  /** Where the HTTP client connected from. Default: `127.0.0.1`. */
  readonly peer?: string
}

/** The headers that a resource call carries: the client's, less what Grafana removes, and what it adds (RES-106). */
export function resourceHeaders(
  profile: HostProfile,
  options: ResourceHeaderOptions = {},
): Record<string, { values: string[] }> {
  const sent = canonicalHeaders(options.headers ?? [])
  const passed = new Map(sent)
  for (const name of [...removedHeaders, ...namedByConnection(sent)]) passed.delete(name)

  passed.delete('Cookie')
  const cookie = cookieFor(profile, (sent.get('Cookie') ?? []).join('; '), options)
  if (cookie !== undefined) passed.set('Cookie', [cookie])

  const peer = options.peer ?? '127.0.0.1'
  passed.set('X-Forwarded-For', [[...(sent.get('X-Forwarded-For') ?? []), peer].join(', ')])
  passed.set('X-Grafana-Referer', [sent.get('Referer')?.[0] ?? ''])
  const idToken = options.idToken ?? (profile.sendsIdToken ? defaultIdToken : '')
  if (idToken !== '') passed.set('X-Grafana-Id', [idToken])
  return Object.fromEntries([...passed].map(([name, values]) => [name, { values: values.map(utf8) }]))
}

/**
 * What never reaches a plugin: hop-by-hop headers, what Grafana does not allow, and its own credentials (RES-106, CTX-206;
 * grafana:pkg/plugins/manager/client/client.go). `Host` is no header for a Go server.
 */
const removedHeaders = [
  'Authorization',
  'Connection',
  'Host',
  'Keep-Alive',
  'Origin',
  'Proxy-Authenticate',
  'Proxy-Authorization',
  'Proxy-Connection',
  'Referer',
  'Set-Cookie',
  'Te',
  'Trailer',
  'Transfer-Encoding',
  'Upgrade',
  'User-Agent',
  'X-Forwarded-Host',
  'X-Forwarded-Port',
  'X-Forwarded-Proto',
  'X-Grafana-Device-Id',
] as const

function namedByConnection(sent: ReadonlyMap<string, readonly string[]>): string[] {
  const lines = sent.get('Connection') ?? []
  return lines.flatMap((line) => line.split(',').map((name) => canonicalName(name.trim())))
}

function cookieFor(
  profile: HostProfile,
  cookies: string,
  options: ResourceHeaderOptions,
): string | undefined {
  if ((options.settings ?? 'datasource') === 'datasource')
    return keptCookies(cookies, options.keepCookies ?? [])
  return profile.appCookies === 'all' && cookies !== '' ? cookies : undefined
}

/** Protobuf carries text, HTTP carries bytes; every recorded value was UTF-8. */
function utf8(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8')
}
