import { describe, expect, test } from 'vitest'

import { hostProfiles, newestProfile, profileNamed } from '../context/profile.ts'
import { projectExchanges } from './fidelity/project-fidelity.ts'
import type { RecordedExchange, RecordedHttp, RecordedResponse } from './fidelity/recorded-exchange.ts'
import type { HttpAnswer } from './grafana-answer.ts'
import { missingTargetAnswer, routeOf } from './route.ts'
import type { MissingTarget } from './route.ts'

const exchanges = await projectExchanges('.')

describe('where a request goes', () => {
  test.each([
    ['GET', '/api/datasources/uid/u1/resources', 'resource', ''],
    ['GET', '/api/datasources/uid/u1/resources/', 'resource', ''],
    ['POST', '/api/datasources/uid/u1/resources/a%20b/c?x=1&x=2', 'resource', 'a%20b/c'],
    ['DELETE', '/api/datasources/7/resources/a/', 'resource', 'a/'],
    ['PATCH', '/api/plugins/p1/resources/../x', 'resource', '../x'],
    [
      'PUT',
      '/apis/p1.datasource.grafana.app/v0alpha1/namespaces/default/datasources/u1/resources/a/',
      'resource',
      'a/',
    ],
    ['GET', '/api/datasources/uid/u1/health', 'health', undefined],
    ['GET', '/api/plugins/p1/health', 'health', undefined],
    [
      'GET',
      '/apis/p1.datasource.grafana.app/v0alpha1/namespaces/default/datasources/u1/health',
      'health',
      undefined,
    ],
    ['GET', '/api/plugins/p1/metrics', 'metrics', undefined],
    ['GET', '/metrics/plugins/p1', 'metrics', undefined],
    ['POST', '/api/ds/query?requestId=Q1', 'query', undefined],
    ['POST', '/api/live/publish', 'publish', undefined],
    [
      'POST',
      '/apis/p1.datasource.grafana.app/v0alpha1/namespaces/default/datasources/u1/query',
      'datasource-query',
      undefined,
    ],
  ])('%s %s is a call (RES-101, HEALTH-001, METRICS-001): %s', (method, url, kind, path) => {
    const route = routeOf(newestProfile, method, url)
    expect(route.kind).toBe(kind)
    if (route.kind === 'resource') expect(route.path).toBe(path)
  })

  test('a data source is named by its uid or its number, a plugin by its id (RES-101)', () => {
    const targets = [
      '/api/datasources/uid/7/health',
      '/api/datasources/7/health',
      '/api/plugins/7/health',
      '/metrics/plugins/7',
    ].map((url) => {
      const route = routeOf(newestProfile, 'GET', url)
      return 'target' in route ? route.target : undefined
    })
    expect(targets).toEqual([
      { kind: 'datasource', uid: '7' },
      { kind: 'datasource-id', id: 7 },
      { kind: 'plugin', pluginId: '7' },
      { kind: 'plugin', pluginId: '7' },
    ])
  })

  test('the query string of a resource call is kept as it was written', () => {
    expect(routeOf(newestProfile, 'GET', '/api/plugins/p/resources/a?b=%zz&c=?')).toEqual({
      kind: 'resource',
      target: { kind: 'plugin', pluginId: 'p' },
      path: 'a',
      query: 'b=%zz&c=?',
    })
  })

  test.each([
    '/',
    '/api',
    '/api/plugins//resources/x',
    '/api/datasources/uid/u/metrics',
    '/api/plugins/p/query',
  ])('nothing answers at %s', (url) => {
    expect(routeOf(newestProfile, 'GET', url).kind).toBe('refused')
  })
})

test.each(['HEAD', 'OPTIONS', 'TRACE'])(
  'the newest release answers %s with 405 and the methods it takes (RES-105)',
  (method) => {
    const route = routeOf(profileNamed('13'), method, '/api/plugins/p/resources/x')
    expect(route).toMatchObject({
      kind: 'refused',
      answer: { status: 405, headers: [['Allow', 'DELETE, GET, PATCH, POST, PUT']] },
    })
  },
)

describe.each(hostProfiles.filter((profile) => profile.recorded))('Grafana $grafanaVersion', (profile) => {
  const forwarded = exchanges
    .filter(({ calls }) => calls.length > 0)
    .filter(({ request }) => request.path?.startsWith('/'))

  test('took every recorded request for what this host takes it for (RES-101, HEALTH-001, METRICS-001)', () => {
    const methods = {
      query: 'QueryData',
      resource: 'CallResource',
      health: 'CheckHealth',
      metrics: 'CollectMetrics',
      publish: 'PublishStream',
    }
    const other = forwarded.filter(({ request, calls }) => {
      const route = routeOf(profile, request.method ?? '', request.path ?? '')
      return !(route.kind in methods) || Reflect.get(methods, route.kind) !== calls[0]?.method
    })
    // The preview of an alert rule has a route of its own.
    expect(other.map(({ id }) => id)).toEqual(['b-alert-test'])
    expect(forwarded.length).toBeGreaterThan(300)
  })

  test.each(['HEAD', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    'passes %s on, or answers, as recorded (RES-105)',
    (method) => {
      const exchange = recorded(`d-method-${method}`)
      const route = routeOf(profile, method, exchange.request.path ?? '')
      if (route.kind !== 'refused') expect(exchange.calls.length).toBe(1)
      else
        expect(bare(route.answer)).toEqual(recordedAnswer(exchange[version(profile.grafanaVersion)].response))
    },
  )

  test('answers a malformed path without the plugin (RES-102)', () => {
    const exchange = recorded('d-path-bad-percent')
    const route = routeOf(profile, 'GET', exchange.request.path ?? '')
    expect(route.kind === 'refused' && bare(route.answer)).toEqual(
      recordedAnswer(exchange[version(profile.grafanaVersion)].response),
    )
  })

  const missing: readonly [string, 'query' | 'resource' | 'health' | 'metrics', MissingTarget][] = [
    ['b-not-found', 'query', 'datasource-unknown'],
    ['d-unknown-ds', 'resource', 'datasource-unknown'],
    ['e-unknown-ds', 'health', 'datasource-unknown'],
    ['d-unknown-plugin', 'resource', 'plugin-unknown'],
    ['e-unknown-plugin', 'health', 'plugin-unknown'],
    ['f-unknown', 'metrics', 'plugin-unknown'],
    ['e-app-never-configured', 'health', 'app-never-configured'],
    ['e-app-disabled', 'health', 'app-disabled'],
    ['e-core-nobackend', 'health', 'plugin-without-backend'],
  ]
  test.each(missing)('says what is missing as in %s (HEALTH-001)', (id, service, what) => {
    expect(bare(missingTargetAnswer(profile, service, what))).toEqual(
      recordedAnswer(recorded(id)[version(profile.grafanaVersion)].response),
    )
  })
})

function recorded(id: string): RecordedExchange {
  const exchange = exchanges.find((one) => one.id === id)
  if (exchange === undefined) throw new Error(`There is no recording ${id}.`)
  return exchange
}

function version(name: string): '10.4.3' | '12.4.0' {
  return name === '10.4.3' ? name : '12.4.0'
}

function bare({ status, contentType, body }: HttpAnswer): unknown {
  return { status, contentType, body }
}

function recordedAnswer(response: RecordedResponse): unknown {
  if (!('status' in response)) throw new Error('This recording has no single HTTP answer.')
  const { status, contentType, headers, text }: RecordedHttp = response
  const type = contentType ?? headers?.find(([name]) => name === 'Content-Type')?.[1]
  return { status, contentType: type, body: text ?? '' }
}
