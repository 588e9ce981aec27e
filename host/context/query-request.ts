import { create } from '@bufbuild/protobuf'

import { DataQuerySchema, type DataQuery } from '../../proto/gen/grafana/backend_pb.js'
import type { HeaderLines } from './client-headers.ts'
import { grafanaJson, type JsonInput } from './grafana-json.ts'
import { headerMap, type HeaderMapOptions } from './header-map.ts'
import type { HostProfile } from './profile.ts'
import { resourceHeaders, type ResourceHeaderOptions } from './resource-headers.ts'
import { resourcePath } from './resource-path.ts'

/** One query, as a panel would ask it. */
export interface QueryOptions {
  readonly refId: string
  /** The data source that is asked; `none` for queries of alert rules, whose model has no such key (CTX-204). */
  readonly datasource: { readonly type: string; readonly uid: string } | 'none'
  /** The plugin's own fields. What the host writes by itself wins over members of the same name. */
  readonly model?: { readonly [key: string]: JsonInput }
  /** Milliseconds since 1970. Default: 1700000000000, so that every run asks for the same hour. */
  readonly from?: number
  /** Milliseconds since 1970. Default: one hour after 1700000000000. */
  readonly to?: number
  /** Default: 1000, as in Grafana (DATA-102). */
  readonly intervalMs?: number
  /** Default: 100, as in Grafana (DATA-102). */
  readonly maxDataPoints?: number
  readonly queryType?: string
  readonly hide?: boolean
}

/** Grafana's defaults for what a query does not say (DATA-102; grafana:pkg/services/query/query.go parseMetricRequest). */
const defaults = { intervalMs: 1000, maxDataPoints: 100 } as const

const firstMs = 1_700_000_000_000
const hourMs = 3_600_000

/** A query message with its model re-serialised as Grafana does it (DATA-102, DATA-103, DATA-104). */
export function dataQuery(options: QueryOptions): DataQuery {
  const { refId, intervalMs = defaults.intervalMs, maxDataPoints = defaults.maxDataPoints } = options
  const model = {
    ...options.model,
    refId,
    intervalMs,
    maxDataPoints,
    ...(options.datasource === 'none' ? {} : { datasource: { ...options.datasource } }),
    ...(options.queryType === undefined ? {} : { queryType: options.queryType }),
    ...(options.hide === undefined ? {} : { hide: options.hide }),
  }
  return create(DataQuerySchema, {
    refId,
    intervalMS: integerOr(defaults.intervalMs, intervalMs),
    maxDataPoints: integerOr(defaults.maxDataPoints, maxDataPoints),
    timeRange: {
      fromEpochMS: BigInt(options.from ?? firstMs),
      toEpochMS: BigInt(options.to ?? firstMs + hourMs),
    },
    json: new TextEncoder().encode(grafanaJson(model)),
    queryType: options.queryType ?? '',
  })
}

/** Where a query comes from: a panel, Explore, the evaluation of a rule, or the preview of a rule. */
export type QueryOrigin = 'dashboard' | 'explore' | 'alert' | 'alert-preview'

/** What a rule's evaluation says about the rule (CTX-204). */
export interface RuleFacts {
  readonly uid: string
  readonly name: string
  readonly folder: string
  readonly version: number
  readonly type: 'alerting' | 'recording'
}

/** The headers of a QueryData request, by origin (rpc.md section 1.2, CTX-201, CTX-204). */
export function queryHeaders(
  profile: HostProfile,
  origin: QueryOrigin,
  options: HeaderMapOptions & { readonly rule?: RuleFacts; readonly orgId?: bigint } = {},
): Record<string, string> {
  switch (origin) {
    case 'dashboard':
      return headerMap(profile, 'query', { client: panelHeaders, ...options })
    case 'explore':
      return headerMap(profile, 'query', { client: exploreHeaders, ...options })
    case 'alert-preview': {
      const idToken = options.idToken === undefined ? {} : { idToken: options.idToken }
      return { ...alertHeaders, ...headerMap(profile, 'query', idToken) }
    }
    case 'alert':
      // The scheduler has a user, but no id token (recording `b-alert-rule`, grafana-12.4.0).
      return {
        ...alertHeaders,
        'X-Grafana-Org-Id': String(options.orgId ?? 1n),
        ...ruleHeaders(profile, options.rule ?? defaultRule),
      }
    default:
      return origin satisfies never
  }
}

/** The fields of a CallResource request that do not depend on the plugin context. */
export interface ResourceRequestFields {
  readonly method: string
  readonly path: string
  readonly url: string
  readonly headers: Record<string, { values: string[] }>
  readonly body: Uint8Array
}

/** What a client wrote: `path` is what follows `resources/`, percent-encoded; `query` has no question mark. */
export interface ResourceOptions extends ResourceHeaderOptions {
  readonly method: string
  readonly path: string
  readonly query?: string
  readonly body?: Uint8Array
}

/** A resource call as Grafana makes it of an HTTP request (RES-102, RES-106, RES-108). */
export function resourceRequest(profile: HostProfile, options: ResourceOptions): ResourceRequestFields {
  const body = options.body ?? new Uint8Array()
  const lines = options.headers ?? []
  const hasLength = lines.some(([name]) => name.toLowerCase() === 'content-length')
  // HTTP clients announce a body's length, and Grafana passes that on (recording `d-body-form`).
  const length: HeaderLines = body.length > 0 && !hasLength ? [['Content-Length', String(body.length)]] : []
  return {
    method: options.method,
    ...resourcePath(options.path, options.query ?? ''),
    headers: resourceHeaders(profile, { ...options, headers: [...lines, ...length] }),
    body,
  }
}

/** Fractions count as missing (DATA-102). */
function integerOr(standard: number, value: number): bigint {
  return BigInt(Number.isSafeInteger(value) ? value : standard)
}

/** What a browser sends along with a panel's query; an older Grafana drops the titles (rpc.md section 1.2). */
const panelHeaders: HeaderLines = [
  ['X-Dashboard-Uid', 'conformance'],
  ['X-Dashboard-Title', 'Conformance'],
  ['X-Panel-Id', '1'],
  ['X-Panel-Title', 'Panel'],
  ['X-Panel-Plugin-Id', 'timeseries'],
  ['X-Datasource-Uid', 'conformance'],
  ['X-Query-Group-Id', '00000000-0000-4000-8000-000000000001'],
  ['X-Grafana-Org-Id', '1'],
]

const exploreHeaders: HeaderLines = [
  ['X-Datasource-Uid', 'conformance'],
  ['X-Query-Group-Id', '00000000-0000-4000-8000-000000000001'],
  ['X-Grafana-Org-Id', '1'],
]

/** grafana:pkg/services/ngalert/eval/eval.go buildDatasourceHeaders */
const alertHeaders = { FromAlert: 'true', 'X-Cache-Skip': 'true' } as const

const defaultRule: RuleFacts = {
  uid: 'conformance',
  name: 'Conformance rule',
  folder: 'Conformance',
  version: 1,
  type: 'alerting',
}

function ruleHeaders(profile: HostProfile, rule: RuleFacts): Record<string, string> {
  if (profile.ruleHeaders === 'bare-uid') return { 'X-Rule-Uid': rule.uid }
  const facts = new URLSearchParams({
    Uid: rule.uid,
    Name: rule.name,
    Folder: rule.folder,
    Version: String(rule.version),
    Type: rule.type,
    Source: 'scheduler',
  })
  const headers: Record<string, string> = {}
  for (const [key, value] of facts) headers[`http_X-Rule-${key}`] = queryEscaped(value)
  return headers
}

/** Go's `url.QueryEscape`, which keeps letters, digits and `-_.~`, and writes a blank as `+`. */
function queryEscaped(value: string): string {
  return encodeURIComponent(value)
    .replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}
