import { create } from '@bufbuild/protobuf'
import { expect, test } from 'vitest'

import { CallResourceResponseSchema } from '../../proto/gen/grafana/backend_pb.js'
import { describeAnswer } from '../../host/api/grafana-answer.ts'
import { newestProfile } from '../../host/context/profile.ts'
import type { HostEvent } from '../../host/events.ts'
import { CallBeginnings } from './call-beginnings.ts'

const method = '/pluginv2.Resource/CallResource'
const base = { origin: 'plugin', at: 0, process: 'one', tag: undefined, call: 1, method } as const

function message(code: number): HostEvent {
  const sent = create(CallResourceResponseSchema, { code })
  return { ...base, kind: 'message', direction: 'response', message: sent, bytes: 0 }
}

function status(code: number, call = 1): HostEvent {
  const end = { details: '', ms: 1, outcome: 'ended', cancelled: false, budget: 'default' } as const
  return { ...base, call, kind: 'status', code, ...end }
}

function told(events: readonly HostEvent[]): readonly (string | undefined)[] {
  const beginnings = new CallBeginnings()
  for (const event of events) beginnings.see(event)
  return events.map((event) => {
    const answer = beginnings.answerTo(newestProfile, event)
    return answer && describeAnswer(answer)
  })
}

test('the first message of a call decides what Grafana answers, whatever comes behind it', () => {
  expect(told([message(0), message(201), status(13)])).toEqual(['HTTP 500', undefined, undefined])
})

test('a status without a message before it decides', () => {
  expect(told([status(13), status(0, 2)])).toEqual([
    'HTTP 500, "An error occurred within the plugin"',
    undefined,
  ])
})

test('other events say nothing', () => {
  const line: HostEvent = {
    kind: 'stdout',
    origin: 'plugin',
    at: 0,
    process: 'one',
    tag: undefined,
    line: 'x',
    bytes: 1,
    number: 2,
  }
  expect(told([line])).toEqual([undefined])
})
