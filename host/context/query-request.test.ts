import { expect, it } from 'vitest'

import { hostProfiles, newestProfile, profileNamed } from './profile.ts'
import { dataQuery, queryHeaders, resourceRequest } from './query-request.ts'

const datasource = { type: 'my-datasource', uid: 'u' }

it('asks for the same hour with the same bytes in every run (DATA-104)', () => {
  const query = dataQuery({ refId: 'A', datasource, model: { zeta: '<b>', alpha: 1 }, queryType: 'qt' })
  expect(query.timeRange).toMatchObject({ fromEpochMS: 1700000000000n, toEpochMS: 1700003600000n })
  expect(query.queryType).toBe('qt')
  expect(Buffer.from(query.json).toString()).toBe(
    '{"alpha":1,"datasource":{"type":"my-datasource","uid":"u"},"intervalMs":1000,"maxDataPoints":100,' +
      '"queryType":"qt","refId":"A","zeta":"\\u003cb\\u003e"}',
  )
})

it('writes its own refId over one in the model', () => {
  const query = dataQuery({ refId: 'B', datasource, model: { refId: 'A', intervalMs: 5 } })
  expect(JSON.parse(Buffer.from(query.json).toString())).toMatchObject({ refId: 'B', intervalMs: 1000 })
})

it('sends the titles of dashboard and panel where the version forwards them', () => {
  const titled = hostProfiles.filter((profile) => 'http_X-Panel-Title' in queryHeaders(profile, 'dashboard'))
  expect(titled.map(({ name }) => name)).toEqual(['12', '12.4', '12.4.2', '13'])
  expect(queryHeaders(newestProfile, 'explore')).not.toHaveProperty('http_X-Dashboard-Uid')
})

it('sends no id token for one who has none, nor for the scheduler', () => {
  expect(queryHeaders(newestProfile, 'dashboard')).toHaveProperty('http_X-Grafana-Id')
  expect(queryHeaders(newestProfile, 'dashboard', { idToken: '' })).not.toHaveProperty('http_X-Grafana-Id')
  expect(queryHeaders(newestProfile, 'alert')).not.toHaveProperty('http_X-Grafana-Id')
})

it('adds what OAuth pass-through adds (CTX-205)', () => {
  const headers = queryHeaders(newestProfile, 'explore', {
    oauth: { authorization: 'Bearer t', idToken: 'i' },
  })
  expect(headers).toMatchObject({ Authorization: 'Bearer t', 'X-ID-Token': 'i' })
})

it('keeps a body as it is and announces its length (RES-108)', () => {
  const body = Uint8Array.from({ length: 256 }, (_, index) => index)
  const call = resourceRequest(profileNamed('10.4'), { method: 'POST', path: 'x', body })
  expect(call.body).toBe(body)
  expect(call.headers).toEqual({
    'Content-Length': { values: ['256'] },
    'X-Forwarded-For': { values: ['127.0.0.1'] },
    'X-Grafana-Referer': { values: [''] },
  })
})
