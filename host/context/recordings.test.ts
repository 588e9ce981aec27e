import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import type {
  AppInstanceSettings,
  DataSourceInstanceSettings,
  PluginContext,
} from '../../proto/gen/grafana/backend_pb.js'
import type { HeaderLines } from './client-headers.ts'
import { startEnvironment, type StartOptions } from './environment.ts'
import type { JsonInput } from './grafana-json.ts'
import { headerMap } from './header-map.ts'
import { bareContext, neverUpdatedMs, pluginContext, type ContextOptions } from './plugin-context.ts'
import { hostProfiles, type HostProfile } from './profile.ts'
import { dataQuery, queryHeaders, resourceRequest } from './query-request.ts'

/** What the recorder received, as far as it is compared here (fixtures/recordings/README.md). */
interface Recorded {
  readonly id: string
  readonly http: {
    readonly request?: { path: string; method: string; headers: HeaderLines; body: RecordedBody | null }
  } | null
  readonly plugin: {
    readonly received: readonly { method: string; metadata?: HeaderLines; request: RecordedRequest }[]
  }
  readonly observed: { readonly env?: Record<string, string>; readonly serverEnv?: Record<string, string> }
}
interface RecordedBody {
  readonly text?: string
  readonly json?: { from: string; to: string; queries: RecordedQuery[] }
}
interface RecordedQuery {
  readonly refId: string
  readonly datasource: { readonly type: string; readonly uid: string }
  readonly intervalMs?: number
  readonly maxDataPoints?: number
  readonly [key: string]: JsonInput
}
interface RecordedRequest {
  readonly pluginContext: Record<string, unknown> | '<context>'
  readonly headers: Record<string, unknown>
  readonly queries: readonly Record<string, unknown>[]
  readonly path: string
  readonly url: string
  readonly method: string
  readonly body: { readonly text: string }
}

const datasource = { id: 'test-recorder-datasource', version: '1.2.3', type: 'datasource' }
const app = { id: 'test-recorder-app', version: '1.2.3', type: 'app' }
const appUrl = 'http://localhost:<port>/'
const idToken = '<id token>'

const plain: ContextOptions = { appUrl, uid: 'plain', name: 'Plain', id: 1n }
const full: ContextOptions = {
  appUrl,
  uid: 'full',
  name: 'Full',
  id: 2n,
  url: 'http://backend.invalid:8080/p',
  databaseUser: 'dbuser',
  database: 'db1',
  basicAuthUser: 'bauser',
  jsonData: {
    timeout: 7,
    oauthPassThru: true,
    a: 1,
    nested: { b: [1, 2] },
    keepCookies: ['keep1', 'keep2'],
    httpHeaderName1: 'X-Custom-One',
  },
  secrets: {
    apiKey: 'secret-key',
    basicAuthPassword: 'bapass',
    httpHeaderValue1: 'header-value',
    password: 'dbpass',
  },
}
const resources: ContextOptions = {
  ...plain,
  jsonData: { keepCookies: ['keep'], k: 1, httpHeaderName1: 'X-H' },
  secrets: { s: 'x', httpHeaderValue1: 'hv' },
}

const contexts: readonly [file: string, id: string, subject: typeof app, options: ContextOptions][] = [
  ['b-query-request', 'b-one', datasource, plain],
  ['b-query-request', 'b-headers-full', datasource, full],
  ['b-query-request', 'b-user-viewer', datasource, { ...plain, user: 'viewer' }],
  ['b-query-request', 'b-user-editor', datasource, { ...plain, user: 'editor' }],
  ['b-query-request', 'b-user-token', datasource, { ...plain, user: 'service-account' }],
  ['b-query-request', 'b-user-anonymous', datasource, { ...plain, user: 'anonymous' }],
  ['b-query-request', 'b-alert-test', datasource, { ...plain, jsonData: { changed: true } }],
  ['d-resources', 'd-get', datasource, resources],
  ['d-resources', 'd-plugin-route-ds', datasource, { appUrl, settings: 'none' }],
  ['d-resources', 'd-headers-nokeep', datasource, { appUrl, uid: 'nokeep', name: 'No keep', id: 2n }],
  [
    'd-resources',
    'd-headers-app',
    app,
    { appUrl, jsonData: { apiUrl: 'u' }, secrets: { key: 'app-secret' } },
  ],
  ['e-health', 'e-ds-ok', datasource, { ...plain, jsonData: { k: 1 }, secrets: { s: 'x' } }],
  ['e-health', 'e-app-enabled-only', app, { appUrl, jsonData: 'null' }],
  ['e-health', 'e-ds-plugin-route', datasource, { appUrl, settings: 'none' }],
  ['g-live', 'g-sub-ok', datasource, { ...plain, jsonData: { k: 1 } }],
  ['g-live', 'g-sub-app', app, { appUrl, jsonData: 'empty', lastUpdatedMs: neverUpdatedMs }],
]

const mapped: readonly [
  file: string,
  id: string,
  call: 'query' | 'health' | 'stream',
  keepCookies: string[],
][] = [
  ['b-query-request', 'b-one', 'query', []],
  ['b-query-request', 'b-headers-plain', 'query', []],
  ['b-query-request', 'b-headers-full', 'query', ['keep1', 'keep2']],
  ['b-query-request', 'b-headers-lower', 'query', []],
  ['b-query-request', 'b-cookies-prefix', 'query', ['keep[]']],
  ['b-query-request', 'b-cookies-all', 'query', ['[]']],
  ['b-query-request', 'b-user-viewer', 'query', []],
  ['b-query-request', 'b-user-token', 'query', []],
  ['b-query-request', 'b-user-session', 'query', ['[]']],
  ['b-query-request', 'b-user-anonymous', 'query', []],
  ['e-health', 'e-ds-ok', 'health', []],
  ['e-health', 'e-ds-headers', 'health', []],
  ['e-health', 'e-app-enabled-only', 'health', []],
  ['g-live', 'g-sub-ok', 'stream', []],
]

const starts: readonly [
  id: string,
  options: Partial<StartOptions>,
  byVersion?: Record<string, Partial<StartOptions>>,
][] = [
  ['a-production', {}],
  ['a-production-app', {}],
  ['a-unix-tracing-default', { tracing: { address: '127.0.0.1:<port>' } }],
  ['a-skip-host-env', { environment: 'minimal' }],
  [
    'a-full-config',
    {
      appUrl: 'http://localhost:<port>/sub/',
      tracing: { address: '127.0.0.1:<port>', propagation: 'w3c,jaeger' },
      pluginSettings: { some_key: 'Some value', 'other.key': 'x', tracing: 'true', path: '/p', id: 'i' },
      configured: { GFAZPL_MANAGED_IDENTITY_ENABLED: 'true' },
    },
    {
      '10.4': {
        configured: {
          AWS_AUTH_AllowedAuthProviders: 'default,keys',
          GFAZPL_MANAGED_IDENTITY_ENABLED: 'true',
        },
      },
      '12.4': { configured: { GFAZPL_AZURE_AUTH_ENABLED: 'true', GFAZPL_MANAGED_IDENTITY_ENABLED: 'true' } },
    },
  ],
]

describe.each(hostProfiles.filter((profile) => profile.recorded))('the profile $name', (profile) => {
  const token = profile.sendsIdToken ? { idToken } : {}

  it.each(contexts)('sends the context of %s/%s', (file, id, subject, options) => {
    const call = received(profile, file, id)
    expect(recordedForm(pluginContext(profile, subject, options))).toEqual(
      withToggles(profile, call.pluginContext),
    )
  })

  it('sends the scheduler as the user of rule evaluation', () => {
    const recorded = received(profile, 'b-query-request', 'b-alert-rule').pluginContext
    const context = recordedForm(pluginContext(profile, datasource, { ...plain, user: 'scheduler' }))
    expect(context['user']).toEqual(withToggles(profile, recorded)['user'])
  })

  it('sends the bare context of f-ok', () => {
    expect(recordedForm(bareContext(datasource))).toEqual(
      received(profile, 'f-metrics', 'f-ok').pluginContext,
    )
  })

  it.each(mapped)('maps the headers of %s/%s', (file, id, call, keepCookies) => {
    const client = record(profile, file, id).http?.request?.headers ?? []
    expect(headerMap(profile, call, { client, keepCookies, ...token })).toEqual(
      received(profile, file, id).headers,
    )
  })

  it('adds the user header of b-user-header', () => {
    const headers = headerMap(profile, 'query', { idToken, userHeader: 'admin' })
    expect(headers).toEqual(received(profile, 'b-query-request', 'b-user-header').headers)
  })

  it('sends the headers of a rule and of its preview', () => {
    const rule = {
      uid: 'rule1',
      name: 'My rule ü',
      folder: 'Fold & Co',
      version: 2,
      type: 'alerting',
    } as const
    expect(queryHeaders(profile, 'alert', { rule })).toEqual(
      received(profile, 'b-query-request', 'b-alert-rule').headers,
    )
    expect(queryHeaders(profile, 'alert-preview', token)).toEqual(
      received(profile, 'b-query-request', 'b-alert-test').headers,
    )
  })

  it.each(['b-one', 'b-two', 'b-numbers-odd', 'b-numbers-float', 'b-hidden', 'b-refid-unicode'])(
    'writes the queries of %s',
    (id) => {
      const body = record(profile, 'b-query-request', id).http?.request?.body?.json
      const queries = (body?.queries ?? []).map(
        ({ refId, datasource: source, intervalMs, maxDataPoints, ...model }) =>
          dataQuery({
            refId,
            datasource: source,
            model,
            from: Number(body?.from),
            to: Number(body?.to),
            ...(intervalMs === undefined ? {} : { intervalMs }),
            ...(maxDataPoints === undefined ? {} : { maxDataPoints }),
          }),
      )
      expect(queries.length).toBeGreaterThan(0)
      expect(queries.map(recordedQuery)).toEqual(received(profile, 'b-query-request', id).queries)
    },
  )

  it('writes the query of a rule without a data source', () => {
    const { json } = recordedQuery(
      dataQuery({
        refId: 'A',
        datasource: 'none',
        maxDataPoints: 43200,
        model: { respond: { status: 200, frames: frames } },
      }),
    )
    expect(json).toEqual(received(profile, 'b-query-request', 'b-alert-rule').queries[0]?.['json'])
  })

  it.each(forwardedResources(profile))('makes the resource call of $id', ({ id, http }) => {
    const [written = '', query = ''] = afterResources(http?.request?.path ?? '').split(/\?(.*)/s)
    const recorded = received(profile, 'd-resources', id)
    const made = resourceRequest(profile, {
      method: http?.request?.method ?? '',
      path: written,
      query,
      headers: http?.request?.headers ?? [],
      body: Buffer.from(http?.request?.body?.text ?? ''),
      settings: id.includes('app') ? 'app' : 'datasource',
      keepCookies: id === 'd-headers-nokeep' ? [] : ['keep'],
      ...token,
    })
    expect({ path: made.path, url: made.url, method: made.method }).toEqual({
      path: recorded.path,
      url: recorded.url,
      method: recorded.method,
    })
    expect(made.headers).toEqual(recorded.headers)
    expect(Buffer.from(made.body).toString()).toBe(recorded.body.text)
  })

  it.each(['d-path-bad-utf8', 'd-path-bad-percent'])(
    'refuses the path of %s, which Grafana never forwarded',
    (id) => {
      const recorded = record(profile, 'd-resources', id)
      expect(recorded.plugin.received).toEqual([])
      const path = afterResources(recorded.http?.request?.path ?? '')
      expect(() => resourceRequest(profile, { method: 'GET', path })).toThrow(/resource path/)
    },
  )

  it.each(starts)('starts a plugin with the environment of %s', (id, options, byVersion) => {
    const { env = {}, serverEnv = {} } = record(profile, 'a-start', id).observed
    const made = startEnvironment(profile, {
      inherited: serverEnv,
      pluginVersion: '1.2.3',
      appUrl,
      dataPath: '<data>',
      ...options,
      ...byVersion?.[profile.name],
    })
    const toggles = 'GF_INSTANCE_FEATURE_TOGGLES_ENABLE'
    const recordedToggles =
      env[toggles] === '<toggles>' ? made[toggles] : env[toggles]?.replace(/pluginsSkipHostEnvVars,?/, '')
    expect(made).toEqual({ ...env, [toggles]: recordedToggles })
  })

  it('names the gRPC runtime that was recorded', () => {
    const metadata = record(profile, 'b-query-request', 'b-one').plugin.received[0]?.metadata
    expect(metadata).toEqual([['user-agent', profile.grpcUserAgent]])
  })
})

const frames = [
  {
    fields: [
      { name: 'time', type: 'timestamp:ns', values: [1700000000000000000n, 1700000001000000000n] },
      { name: 'v', type: 'float64', values: [1.5, 2.5] },
    ],
  },
]

function records(profile: HostProfile, file: string): Recorded[] {
  const url = new URL(
    `../../fixtures/recordings/grafana-${profile.grafanaVersion}/${file}.json`,
    import.meta.url,
  )
  return JSON.parse(readFileSync(url, 'utf8'))
}

function record(profile: HostProfile, file: string, id: string): Recorded {
  const found = records(profile, file).find((candidate) => candidate.id === id)
  if (found === undefined) throw new Error(`No record ${id} in ${file} of Grafana ${profile.grafanaVersion}.`)
  return found
}

function received(profile: HostProfile, file: string, id: string): RecordedRequest {
  const call = record(profile, file, id).plugin.received[0]
  if (call === undefined)
    throw new Error(`The plugin received nothing in ${id} of Grafana ${profile.grafanaVersion}.`)
  return call.request
}

function forwardedResources(profile: HostProfile): Recorded[] {
  return records(profile, 'd-resources').filter((candidate) => candidate.plugin.received.length > 0)
}

function afterResources(path: string): string {
  return path.replace(/^.*?\/resources\/?/, '')
}

/** The message as recordings write it: bytes as text, 64-bit integers as numbers, missing messages as null. */
function recordedForm(context: PluginContext): Record<string, unknown> {
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

function recordedQuery(query: ReturnType<typeof dataQuery>): Record<string, unknown> {
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
function withToggles(
  profile: HostProfile,
  context: RecordedRequest['pluginContext'],
): Record<string, unknown> {
  if (context === '<context>') throw new Error('This recording was stored without its context.')
  return JSON.parse(JSON.stringify(context).replace('<toggles>', profile.featureToggles.join(',')))
}
