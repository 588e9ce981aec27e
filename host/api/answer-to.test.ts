import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'

import {
  CallResourceResponseSchema,
  CheckHealthResponse_HealthStatus,
  CheckHealthResponseSchema,
  MutationResponseSchema,
  QueryDataResponseSchema,
  SubscribeStreamResponseSchema,
  ValidationResponseSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import { newestProfile, profileNamed } from '../context/profile.ts'
import { answerTo } from './answer-to.ts'
import type { EndedCall } from './answer-to.ts'
import { describeAnswer } from './grafana-answer.ts'
import { outcomeOf } from './outcome.ts'

const { OK, ERROR, UNKNOWN } = CheckHealthResponse_HealthStatus

const QUERY = '/pluginv2.Data/QueryData'
const RESOURCE = '/pluginv2.Resource/CallResource'
const HEALTH = '/pluginv2.Diagnostics/CheckHealth'

function told(method: string, end: EndedCall['end'], ...messages: readonly unknown[]): string | undefined {
  const answer = answerTo(newestProfile, { method, messages, end })
  return answer && describeAnswer(answer)
}

const failed = (code: number): EndedCall['end'] => ({ kind: 'failed', code, details: 'boom' })
const answered: EndedCall['end'] = { kind: 'answered', message: undefined }
const generic = 'HTTP 500, "An error occurred within the plugin"'
const again = 'HTTP 500, "Data source became unavailable during request. Please try again."'

describe('what Grafana tells of a call', () => {
  test.each([
    [QUERY, 12, 'HTTP 404, "Method not implemented"'],
    [QUERY, 14, again],
    [
      QUERY,
      8,
      'HTTP 500, "The response is too large. Please try to reduce the time range or narrow down y…"',
    ],
    [QUERY, 1, 'HTTP 499, "Plugin request canceled"'],
    [QUERY, 2, generic],
    [RESOURCE, 12, generic],
    [RESOURCE, 1, generic],
    [HEALTH, 12, 'HTTP 400, "Health check not implemented"'],
    [HEALTH, 1, 'HTTP 500, "Plugin health check failed"'],
    ['/pluginv2.Diagnostics/CollectMetrics', 12, 'HTTP 200'],
    ['/pluginv2.Diagnostics/CollectMetrics', 8, generic],
    ['/pluginv2.Stream/SubscribeStream', 12, 'WebSocket error 100, "internal server error"'],
    ['/pluginv2.Stream/PublishStream', 2, 'WebSocket error 100, "internal server error"'],
    ['/pluginv2.Stream/RunStream', 12, 'the stream is started again and again'],
    ['/pluginv2.AdmissionControl/ValidateAdmission', 2, 'the data source is not saved'],
    ['/pluginv2.AdmissionControl/MutateAdmission', 12, undefined],
    ['/pluginv2.ResourceConversion/ConvertObjects', 2, undefined],
    ['/grpc.health.v1.Health/Check', 2, undefined],
  ])('%s with status %i: %s', (method, code, text) => {
    expect(told(method, failed(code))).toBe(text)
  })

  test('the death of the process, and the time until it is back (ERR-009)', () => {
    expect([told(QUERY, { kind: 'died' }), told(QUERY, { kind: 'not-running' })]).toEqual([
      again,
      'HTTP 500, "Plugin unavailable"',
    ])
    expect([told(RESOURCE, { kind: 'died' }), told(RESOURCE, { kind: 'not-running' })]).toEqual([
      generic,
      generic,
    ])
    expect(told(HEALTH, { kind: 'not-running' })).toBe('HTTP 500, "Plugin unavailable"')
  })

  test('older releases know two texts for a query', () => {
    const older = profileNamed('10.4')
    const texts = [1, 8, 12, 14].map((code) => {
      const answer = answerTo(older, { method: QUERY, messages: [], end: failed(code) })
      return answer && describeAnswer(answer)
    })
    expect(texts).toEqual([generic, generic, 'HTTP 404, "Method not implemented"', generic])
  })

  test('Grafana 9.5 had statuses of its own for resources, by reading (RES-213)', () => {
    const oldest = profileNamed('9.5')
    const ends: readonly EndedCall['end'][] = [failed(12), failed(2), { kind: 'not-running' }]
    const texts = ends.map((end) => {
      const answer = answerTo(oldest, { method: RESOURCE, messages: [], end })
      return answer && describeAnswer(answer)
    })
    expect(texts).toEqual([
      'HTTP 404, "Not found"',
      'HTTP 500, "Plugin request failed"',
      'HTTP 503, "Plugin unavailable"',
    ])
  })

  test('the newest release answers 200 where a resource call ends without a message, by reading (RES-202)', () => {
    const answer = answerTo(profileNamed('13'), { method: RESOURCE, messages: [], end: answered })
    expect(answer && describeAnswer(answer)).toBe('HTTP 200')
  })

  test('no answer', () => {
    expect(told(QUERY, { kind: 'pending' })).toBe('the request waits for an answer')
    expect(told(RESOURCE, { kind: 'pending' })).toBe('the request waits for an answer')
  })

  test('an error in band', () => {
    const message = create(QueryDataResponseSchema, {
      responses: { A: { status: 502, error: 'no route to host', frames: [] } },
    })
    expect(told(QUERY, answered, message)).toBe('HTTP 400, "no route to host"')
  })

  test('a frame that cannot be decoded, whatever the other queries say (DATA-211)', () => {
    const message = create(QueryDataResponseSchema, {
      responses: { A: { status: 200 }, B: { status: 200, frames: [Buffer.from('garbage')] } },
    })
    expect(told(QUERY, answered, message)).toBe(generic)
  })

  test('health', () => {
    const health = (status: CheckHealthResponse_HealthStatus, jsonDetails = ''): string | undefined =>
      told(
        HEALTH,
        answered,
        create(CheckHealthResponseSchema, { status, message: 'm', jsonDetails: Buffer.from(jsonDetails) }),
      )
    expect([health(OK), health(ERROR), health(UNKNOWN), health(OK, '[]')]).toEqual([
      'HTTP 200',
      'HTTP 400, "m"',
      'HTTP 400, "m"',
      'HTTP 500, "Failed to unmarshal detailed response from backend plugin"',
    ])
  })

  test('a resource: the first message decides, and an end without one is an error (RES-202, RES-213)', () => {
    const message = create(CallResourceResponseSchema, { code: 404, body: Buffer.from('no\n such item') })
    expect(told(RESOURCE, answered, message)).toBe('HTTP 404, "no such item"')
    expect(told(RESOURCE, answered)).toBe('HTTP 500, "InternalError"')
    const started = create(CallResourceResponseSchema, { code: 200, body: Buffer.from('part') })
    expect(told(RESOURCE, failed(2), started)).toBe('HTTP 200, "An error occurred within the plugin"')
  })

  test('initial data that is not JSON (STREAM-106)', () => {
    const message = create(SubscribeStreamResponseSchema, { data: Buffer.from('not json') })
    expect(told('/pluginv2.Stream/SubscribeStream', answered, message)).toBe(
      "the client's whole WebSocket is closed (3506)",
    )
  })

  test('the end of a stream (STREAM-204, STREAM-205)', () => {
    expect(told('/pluginv2.Stream/RunStream', answered)).toBe(
      'the stream is over until somebody subscribes anew',
    )
    expect(told('/pluginv2.Stream/RunStream', { kind: 'cancelled' })).toBeUndefined()
  })

  test('an object that is not admitted (ADM-004, ADM-005)', () => {
    const denied = create(ValidationResponseSchema, { allowed: false, result: { message: 'no url' } })
    expect(told('/pluginv2.AdmissionControl/ValidateAdmission', answered, denied)).toBe(
      'the data source is not saved, "no url"',
    )
    const allowed = create(MutationResponseSchema, { allowed: true })
    expect(told('/pluginv2.AdmissionControl/MutateAdmission', answered, allowed)).toBeUndefined()
  })

  test('nothing of an answer that is no message of the method', () => {
    expect(told(QUERY, answered, Buffer.from('bytes'))).toBeUndefined()
  })
})

test('a result of a call keeps its meaning', () => {
  const ms = 1
  expect([
    outcomeOf({ kind: 'answered', message: 1, ms }),
    outcomeOf({ kind: 'failed', code: 2, details: 'd', cancelled: false, ms }),
    outcomeOf({ kind: 'failed', code: 1, details: 'd', cancelled: true, ms }),
    outcomeOf({ kind: 'died', exit: { code: 1, signal: null }, ms }),
    outcomeOf({ kind: 'timeout', ms }),
  ]).toEqual([
    { kind: 'answered', message: 1 },
    { kind: 'failed', code: 2, details: 'd' },
    { kind: 'cancelled' },
    { kind: 'died' },
    { kind: 'pending' },
  ])
})
