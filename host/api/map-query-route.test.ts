import { describe, expect, test } from 'vitest'

import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'
import { newestProfile } from '../context/profile.ts'
import type { GrafanaAnswer } from './grafana-answer.ts'
import { mapQueryRoute } from './map-query-route.ts'

const plain = {
  $typeName: 'pluginv2.DataResponse' as const,
  status: 200,
  error: '',
  errorSource: '',
  frames: [],
  jsonMeta: new Uint8Array(),
  format: DataFrameFormat.ARROW,
}

function statusOf(answer: GrafanaAnswer): number | string {
  return answer.kind === 'http' ? answer.status : answer.kind
}

describe('the query route of the API server (DATA-307)', () => {
  test('answers 200 when no query failed', () => {
    const answer = mapQueryRoute(newestProfile, { kind: 'answered', message: { responses: { A: plain } } })
    expect(answer).toMatchObject({
      status: 200,
      body: '{"results":{"A":{"status":200,"frames":[]}}}',
      says: '',
    })
  })

  test('takes the status of a failed query, the first by refId, whatever its order in the answer (DATA-307)', () => {
    const failed = { ...plain, status: 502, error: 'gone', errorSource: 'downstream' }
    const responses = { C: { ...failed, status: 403 }, B: failed, A: plain }
    const answer = mapQueryRoute(newestProfile, { kind: 'answered', message: { responses } })
    expect([statusOf(answer), answer.kind === 'http' && answer.says]).toEqual([502, 'gone'])
  })

  test('makes a result for refId A of a failed call whose source is downstream (DATA-305, DATA-307)', () => {
    const failure = { kind: 'failed', code: 2, details: 'boom' } as const
    expect(mapQueryRoute(newestProfile, failure, { errorSource: 'downstream' })).toMatchObject({
      status: 400,
      body: '{"results":{"A":{"error":"rpc error: code = Unknown desc = boom","errorSource":"downstream","status":400}}}',
    })
  })

  test.each([
    { kind: 'failed', code: 2, details: 'boom' },
    { kind: 'died' },
    { kind: 'not-running' },
  ] as const)('answers an error object to any other failure: $kind (DATA-307)', (outcome) => {
    const answer = mapQueryRoute(newestProfile, outcome)
    expect(statusOf(answer)).toBe(500)
    expect(JSON.parse(answer.kind === 'http' ? answer.body : '{}')).toMatchObject({
      kind: 'Status',
      code: 500,
    })
  })
})
