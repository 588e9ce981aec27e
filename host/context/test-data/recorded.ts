import { readFileSync } from 'node:fs'

import type {
  AppInstanceSettings,
  DataSourceInstanceSettings,
  PluginContext,
} from '../../../proto/gen/grafana/backend_pb.js'
import type { HeaderLines } from '../client-headers.ts'
import type { JsonInput } from '../grafana-json.ts'
import type { HostProfile } from '../profile.ts'
import type { dataQuery } from '../query-request.ts'

/** What placeholders of the recordings stand for (docs/fidelity.md). */
export const appUrl = 'http://localhost:<port>/'
export const idToken = '<id token>'

/** What the recorder received, as far as it is compared here (fixtures/recordings/README.md). */
export interface Recorded {
  readonly id: string
  readonly http: {
    readonly request?: { path: string; method: string; headers: HeaderLines; body: RecordedBody | null }
  } | null
  readonly plugin: {
    readonly received: readonly { method: string; metadata?: HeaderLines; request: RecordedRequest }[]
  }
  readonly observed: { readonly env?: Record<string, string>; readonly serverEnv?: Record<string, string> }
}
/** The body of an HTTP request. */
export interface RecordedBody {
  readonly text?: string
  readonly json?: { from: string; to: string; queries: RecordedQuery[] }
}
/** A query in such a body. */
export interface RecordedQuery {
  readonly refId: string
  readonly datasource: { readonly type: string; readonly uid: string }
  readonly intervalMs?: number
  readonly maxDataPoints?: number
  readonly [key: string]: JsonInput
}
/** What reached the plugin. */
export interface RecordedRequest {
  readonly pluginContext: Record<string, unknown> | '<context>'
  readonly headers: Record<string, unknown>
  readonly queries: readonly Record<string, unknown>[]
  readonly path: string
  readonly url: string
  readonly method: string
  readonly body: { readonly text: string }
}

/** Every record of a file. */
export function records(profile: HostProfile, file: string): Recorded[] {
  const url = new URL(
    `../../../fixtures/recordings/grafana-${profile.grafanaVersion}/${file}.json`,
    import.meta.url,
  )
  return JSON.parse(readFileSync(url, 'utf8'))
}

/** One record. */
export function record(profile: HostProfile, file: string, id: string): Recorded {
  const found = records(profile, file).find((candidate) => candidate.id === id)
  if (found === undefined) throw new Error(`No record ${id} in ${file} of Grafana ${profile.grafanaVersion}.`)
  return found
}

/** What the plugin received first. */
export function received(profile: HostProfile, file: string, id: string): RecordedRequest {
  const call = record(profile, file, id).plugin.received[0]
  if (call === undefined)
    throw new Error(`The plugin received nothing in ${id} of Grafana ${profile.grafanaVersion}.`)
  return call.request
}

/** The resource calls that reached the plugin. */
export function forwardedResources(profile: HostProfile): Recorded[] {
  return records(profile, 'd-resources').filter((candidate) => candidate.plugin.received.length > 0)
}

/** The part of a URL that becomes the path of a resource. */
export function afterResources(path: string): string {
  return path.replace(/^.*?\/resources\/?/, '')
}

/** The message as recordings write it: bytes as text, 64-bit integers as numbers, missing messages as null. */
export function recordedForm(context: PluginContext): Record<string, unknown> {
  const { $typeName: _, user, appInstanceSettings, dataSourceInstanceSettings, ...rest } = context
  return {
    ...rest,
    orgId: Number(context.orgId),
    user:
      user === undefined ? null : { login: user.login, name: user.name, email: user.email, role: user.role },
    appInstanceSettings: recordedSettings(appInstanceSettings),
    dataSourceInstanceSettings: recordedSettings(dataSourceInstanceSettings),
  }
}

function recordedSettings(settings: AppInstanceSettings | DataSourceInstanceSettings | undefined) {
  if (settings === undefined) return null
  const { $typeName: _, jsonData, lastUpdatedMS, ...rest } = settings
  const updated = lastUpdatedMS % 1000n === 0n ? '<ms, whole seconds>' : Number(lastUpdatedMS)
  const id = 'id' in settings ? { id: Number(settings.id) } : {}
  return { ...rest, ...id, jsonData: { text: Buffer.from(jsonData).toString() }, lastUpdatedMS: updated }
}

/** A query as recordings write it. */
export function recordedQuery(query: ReturnType<typeof dataQuery>): Record<string, unknown> {
  return {
    refId: query.refId,
    maxDataPoints: Number(query.maxDataPoints),
    intervalMS: Number(query.intervalMS),
    timeRange: {
      fromEpochMS: Number(query.timeRange?.fromEpochMS),
      toEpochMS: Number(query.timeRange?.toEpochMS),
    },
    json: { text: Buffer.from(query.json).toString() },
    queryType: query.queryType,
  }
}

/** Puts the profile's toggles where the copied recording was shortened to `<toggles>`. */
export function withToggles(
  profile: HostProfile,
  context: RecordedRequest['pluginContext'],
): Record<string, unknown> {
  if (context === '<context>') throw new Error('This recording was stored without its context.')
  return JSON.parse(JSON.stringify(context).replace('<toggles>', profile.featureToggles.join(',')))
}
