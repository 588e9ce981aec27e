import { create } from '@bufbuild/protobuf'
import { expect, test } from 'vitest'

import {
  CallResourceResponseSchema,
  CollectMetricsResponseSchema,
  MutationResponseSchema,
  QueryDataResponseSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import { createCanaries } from '../../host/context/canaries.ts'
import type { HostEvent } from '../../host/events.ts'
import { createLogReader } from '../../host/logs/read-log-line.ts'
import { seededRandom } from '../kernel/random.ts'
import { findLeak } from './find-leak.ts'

const canaries = createCanaries(seededRandom(1, 'canaries'))
const { password = '' } = canaries.secrets
const base = { origin: 'plugin', at: 0, process: 'one', tag: undefined } as const

function answer(method: string, message: unknown): HostEvent {
  return { ...base, kind: 'message', call: 1, method, direction: 'response', message, bytes: 0 }
}

function resource(text: string): HostEvent {
  const body = Buffer.from(text)
  return answer('/pluginv2.Resource/CallResource', create(CallResourceResponseSchema, { code: 200, body }))
}

function log(line: string): HostEvent {
  return {
    ...base,
    kind: 'log',
    record: createLogReader({ goPlugin: '1.7.0' }).read(line),
    terminated: true,
  }
}

test('a secret deep inside an answer is found and located', () => {
  const message = create(QueryDataResponseSchema, { responses: { A: { error: `login ${password} failed` } } })
  expect(findLeak(answer('/pluginv2.Data/QueryData', message), canaries)).toEqual({
    secret: 'secureJsonData.password',
    where: 'responses.A.error of QueryData',
  })
})

test('a secret in bytes is found, in base64 too', () => {
  expect(findLeak(resource(Buffer.from(`root:${password}`).toString('base64')), canaries)).toEqual({
    secret: 'secureJsonData.password',
    where: 'body of CallResource',
  })
})

test('a secret that is the key of a map is found, and not repeated', () => {
  const message = create(QueryDataResponseSchema, { responses: { [password]: {} } })
  const leak = findLeak(answer('/pluginv2.Data/QueryData', message), canaries)
  expect(leak?.secret).toBe('secureJsonData.password')
  expect(canaries.find(leak?.where ?? '')).toBeUndefined()
})

test('the error of a call is searched', () => {
  const method = '/pluginv2.Data/QueryData'
  // Only what is searched matters here.
  const event = { ...base, kind: 'status', call: 1, method, code: 2, details: password } as HostEvent
  expect(findLeak(event, canaries)?.where).toBe('the error of QueryData')
})

test('printed text is searched', () => {
  const printed: readonly HostEvent[] = [
    log(password),
    { ...base, kind: 'stdout', line: password, bytes: 1, number: 2 },
    { ...base, kind: 'stdio', channel: 'stdout', text: password },
  ]
  for (const event of printed) expect(findLeak(event, canaries)?.secret).toBe('secureJsonData.password')
})

test('a token may go back to its sender, but not into logs or metrics', () => {
  const prometheus = Buffer.from(`x{token="${canaries.idToken}"} 1\n`)
  const metrics = create(CollectMetricsResponseSchema, { metrics: { prometheus } })
  expect(findLeak(resource(canaries.idToken), canaries)).toBeUndefined()
  expect(findLeak(log(canaries.idToken), canaries)?.secret).toBe('X-Grafana-Id')
  expect(findLeak(answer('/pluginv2.Diagnostics/CollectMetrics', metrics), canaries)?.secret).toBe(
    'X-Grafana-Id',
  )
})

test('a mutated object holds what was asked to be saved', () => {
  const message = create(MutationResponseSchema, { objectBytes: Buffer.from(password) })
  expect(findLeak(answer('/pluginv2.AdmissionControl/MutateAdmission', message), canaries)).toBeUndefined()
  message.warnings.push(password)
  expect(findLeak(answer('/pluginv2.AdmissionControl/MutateAdmission', message), canaries)?.where).toBe(
    'warnings.0 of MutateAdmission',
  )
})

test('the requests of the host are not searched', () => {
  const event = resource(password)
  expect(findLeak({ ...event, origin: 'host', direction: 'request' } as HostEvent, canaries)).toBeUndefined()
})
