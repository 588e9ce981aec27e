import { describe, expect, it } from 'vitest'

import { headerMap } from './header-map.ts'
import { bareContext, neverUpdatedMs, pluginContext, type ContextOptions } from './plugin-context.ts'
import { hostProfiles } from './profile.ts'
import { dataQuery, queryHeaders } from './query-request.ts'
import {
  appUrl,
  idToken,
  received,
  record,
  recordedForm,
  recordedQuery,
  withToggles,
} from './test-data/recorded.ts'

const datasource = { id: 'test-recorder-datasource', version: '1.2.3', type: 'datasource' }
const app = { id: 'test-recorder-app', version: '1.2.3', type: 'app' }

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

describe.each(hostProfiles.filter((profile) => profile.recorded))('the profile $name', (profile) => {
  const token = profile.sendsIdToken ? { idToken } : {}

  it.each(contexts)('sends the context of %s/%s (CTX-106, CTX-111)', (file, id, subject, options) => {
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

  it.each(mapped)('maps the headers of %s/%s (CTX-201)', (file, id, call, keepCookies) => {
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
