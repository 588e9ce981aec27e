import { isUtf8 } from 'node:buffer'

import { canonicalHeaders, type HeaderLines } from './client-headers.ts'
import { keptCookies } from './cookies.ts'
import { defaultIdToken } from './id-token.ts'
import type { HostProfile } from './profile.ts'

/** What a header map is made of besides the profile. */
export interface HeaderMapOptions {
  /** The header lines of the HTTP request behind the call. Default: none. */
  readonly client?: HeaderLines
  /** `keepCookies` of the data source's settings (CTX-205). Default: none, so that no cookie passes. */
  readonly keepCookies?: readonly string[]
  /** The id token of the requester; empty for one who has none. Default: a made-up one where the profile sends it. */
  readonly idToken?: string
  /** The login that `send_user_header = true` adds. Default: that setting is off, as in Grafana. */
  readonly userHeader?: string
  /** What OAuth pass-through adds (`oauthPassThru` of the data source, CTX-205). Default: nothing. */
  readonly oauth?: { readonly authorization: string; readonly idToken?: string }
}

/**
 * The `headers` map that a query, a health check or a stream request carries (rpc.md section 1.2).
 *
 * Forwarded headers are stored as `http_` and the canonical name, and the first value counts (CTX-201). Stream requests
 * have the id token only (CTX-207).
 */
export function headerMap(
  profile: HostProfile,
  call: 'query' | 'health' | 'stream',
  options: HeaderMapOptions = {},
): Record<string, string> {
  const idToken = options.idToken ?? (profile.sendsIdToken ? defaultIdToken : '')
  const own: Record<string, string> = idToken === '' ? {} : { 'http_X-Grafana-Id': idToken }
  if (call === 'stream') return own
  if (options.userHeader !== undefined) own['http_X-Grafana-User'] = options.userHeader
  if (options.oauth !== undefined) own['Authorization'] = options.oauth.authorization
  if (options.oauth?.idToken !== undefined) own['X-ID-Token'] = options.oauth.idToken
  return { ...fromClient(profile, call, options), ...own }
}

function fromClient(
  profile: HostProfile,
  call: 'query' | 'health',
  options: HeaderMapOptions,
): Record<string, string> {
  const sent = canonicalHeaders(options.client ?? [])
  const map: Record<string, string> = {}
  const forwarded = [
    ...tracingHeaders,
    ...(profile.forwardsTitles ? titleHeaders : []),
    ...(profile.forwardsRuleHeaders && call === 'query' ? ruleHeaders : []),
  ]
  for (const name of forwarded) {
    const value = sent.get(name)?.[0] ?? ''
    if (value !== '') map[`http_${name}`] = validText(value)
  }
  // Go canonicalises the name on arrival; the plugin gets the spelling that the SDK's constant has.
  const fromAlert = sent.get('Fromalert')?.[0] ?? ''
  if (profile.forwardsRuleHeaders && call === 'query' && fromAlert !== '') map['FromAlert'] = fromAlert
  const cookie = keptCookies((sent.get('Cookie') ?? []).join('; '), options.keepCookies ?? [])
  if (cookie !== undefined) map['Cookie'] = cookie
  return map
}

/** grafana:pkg/services/pluginsintegration/clientmiddleware/tracing_header_middleware.go */
const tracingHeaders = [
  'X-Query-Group-Id',
  'X-Panel-Id',
  'X-Dashboard-Uid',
  'X-Datasource-Uid',
  'X-Grafana-From-Expr',
  'X-Grafana-Org-Id',
  'X-Panel-Plugin-Id',
] as const

const titleHeaders = ['X-Dashboard-Title', 'X-Panel-Title'] as const

/** grafana:pkg/services/pluginsintegration/clientmiddleware/usealertingheaders_middleware.go */
const ruleHeaders = [
  'X-Rule-Name',
  'X-Rule-Uid',
  'X-Rule-Folder',
  'X-Rule-Source',
  'X-Rule-Type',
  'X-Rule-Version',
  'X-Rule-Origin',
] as const

/** Text that protobuf can carry: bytes that are not UTF-8 are read as Latin-1 and percent-encoded (CTX-203, up to 12.4.0). */
function validText(value: string): string {
  const bytes = Buffer.from(value, 'latin1')
  if (isUtf8(bytes)) return bytes.toString('utf8')
  return [...Buffer.from(value, 'utf8')]
    .map((byte) => (isPrintable(byte) ? String.fromCharCode(byte) : percent(byte)))
    .join('')
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte <= 0x7e
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
}
