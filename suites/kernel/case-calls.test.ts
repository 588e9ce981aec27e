import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'

import {
  CheckHealthResponse_HealthStatus,
  CheckHealthResponseSchema,
  QueryDataResponseSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import { newestProfile } from '../../host/context/profile.ts'
import type { HostEvent } from '../../host/events.ts'
import { followCaseCalls } from './case-calls.ts'
import type { StatusEvent } from './grafana-tells.ts'
import { defineRules } from './rule.ts'
import type { Rule } from './rule.ts'

const definition = {
  statement: 'The plugin answers.',
  level: 'must',
  consequence: 'nothing.',
  sources: [{ doc: 'this test' }],
} as const
const { answers } = defineRules('query', { answers: definition })
const { stops } = defineRules('lifecycle', { stops: definition })

const QUERY = '/pluginv2.Data/QueryData'
const HEALTH = '/pluginv2.Diagnostics/CheckHealth'
const generic = 'HTTP 500, "An error occurred within the plugin"'

const base = { origin: 'plugin', at: 0, process: 'one', tag: 'case' } as const

function called(
  call: number,
  method: string,
  end: Partial<StatusEvent>,
  message?: unknown,
): readonly HostEvent[] {
  const begin: HostEvent = { ...base, kind: 'call', call, method, metadata: [] }
  const answer: readonly HostEvent[] =
    message === undefined
      ? []
      : [{ ...base, kind: 'message', call, method, direction: 'response', message, bytes: 0 }]
  const status: HostEvent = {
    ...base,
    kind: 'status',
    call,
    method,
    code: 0,
    details: '',
    ms: 1,
    outcome: 'ended',
    cancelled: false,
    budget: 'default',
    ...end,
  }
  return [begin, ...answer, status]
}

function told(actual: string, events: readonly HostEvent[], rule: Rule = answers): string | undefined {
  const calls = followCaseCalls(newestProfile, (text) => text.replaceAll('secret', '[redacted]'))
  calls.begin('case')
  for (const event of events) calls.see(event)
  return calls.tell('case', rule, actual)
}

const failed = called(1, QUERY, { code: 2, details: 'no such table' })
const healthy = called(
  2,
  HEALTH,
  {},
  create(CheckHealthResponseSchema, { status: CheckHealthResponse_HealthStatus.OK, message: 'fine' }),
)
const inBand = called(
  3,
  QUERY,
  {},
  create(QueryDataResponseSchema, {
    responses: { A: { status: 400, error: 'no column secret', frames: [] } },
  }),
)

describe('what Grafana tells of the call behind a verdict', () => {
  test('follows from the status that the verdict names', () => {
    expect(told('UNKNOWN (2) "no such table"', [...failed, ...healthy])).toBe(generic)
  })

  test('follows from the text that the verdict quotes, in a status or in band', () => {
    expect(told('the call failed: no such table', [...failed, ...healthy])).toBe(generic)
    expect(told('the error "no column secret"', [...healthy, ...inBand])).toBe(
      'HTTP 400, "no column [redacted]"',
    )
  })

  test('follows from the only call, or from several that Grafana answers alike', () => {
    expect(told('nothing', failed)).toBe(generic)
    expect(told('nothing', [...failed, ...called(4, QUERY, { code: 3 })])).toBe(generic)
    expect(told('one message', healthy)).toBe('HTTP 200')
  })

  test('is left open where several calls are answered differently', () => {
    expect(told('nothing', [...failed, ...healthy])).toBeUndefined()
  })

  test('is left open for success where the rule is not about answers', () => {
    expect(told('exit status 1', healthy, stops)).toBeUndefined()
    expect(told('UNKNOWN (2)', [...healthy, ...failed], stops)).toBe(generic)
  })

  test('takes a dead process and an answer that does not come for what they are', () => {
    const died = called(1, QUERY, { code: 14, outcome: 'died' })
    const late = called(2, QUERY, { code: 1, outcome: 'timeout', cancelled: true })
    expect(told('the process ended (exit status 1)', [...healthy, ...died])).toBe(
      'HTTP 500, "Data source became unavailable during request. Please try again."',
    )
    expect(told('no answer within 9 ms', [...died, ...late])).toBe('the request waits for an answer')
  })

  test('does not count calls that the host itself cancelled, nor those of other cases and services', () => {
    const cancelled = called(4, QUERY, { code: 1, cancelled: true })
    const other = called(5, QUERY, { code: 14 }).map((event) => ({ ...event, tag: 'other' }))
    const side = called(6, '/grpc.health.v1.Health/Check', { code: 12 })
    expect(told('nothing', [...cancelled, ...other, ...side, ...failed])).toBe(generic)
  })

  test('forgets what was before a case began again, and all of it when the case has ended', () => {
    const calls = followCaseCalls(newestProfile, (text) => text)
    calls.begin('case')
    for (const event of failed) calls.see(event)
    calls.begin('case')
    expect(calls.tell('case', answers, 'UNKNOWN (2)')).toBeUndefined()
    for (const event of failed) calls.see(event)
    expect(calls.tell('case', answers, 'UNKNOWN (2)')).toBe(generic)
    calls.end('case')
    expect(calls.tell('case', answers, 'UNKNOWN (2)')).toBeUndefined()
  })
})
