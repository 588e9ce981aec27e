import { expect, test } from 'vitest'

import { parseExposition } from '../metrics/exposition.ts'
import { countFinished } from './finished-calls.ts'

function counted(text: string): number | undefined {
  return countFinished(parseExposition(Buffer.from(text)).families)
}

test('ended calls of the Go SDK are counted over all codes, its started calls and messages are not', () => {
  const labels = 'grpc_method="CallResource",grpc_service="pluginv2.Resource"'
  const text = [
    '# TYPE grpc_server_handled_total counter',
    `grpc_server_handled_total{grpc_code="Canceled",${labels}} 3`,
    `grpc_server_handled_total{grpc_code="OK",${labels}} 4`,
    'grpc_server_handled_total{grpc_code="OK",grpc_method="QueryData"} 50',
    '# TYPE grpc_server_msg_sent_total counter',
    `grpc_server_msg_sent_total{${labels}} 600`,
    '# TYPE grpc_server_started_total counter',
    `grpc_server_started_total{${labels}} 7000`,
    '',
  ].join('\n')
  expect(counted(text)).toBe(7)
})

test('started calls alone say nothing about ends', () => {
  expect(
    counted(
      '# TYPE grpc_server_started_total counter\ngrpc_server_started_total{grpc_method="CallResource"} 7\n',
    ),
  ).toBeUndefined()
})

test('a method may be named by its full path', () => {
  expect(
    counted('# TYPE calls_total counter\ncalls_total{method="/pluginv2.Resource/CallResource"} 2\n'),
  ).toBe(2)
})

test('a gauge counts nothing', () => {
  expect(counted('# TYPE calls gauge\ncalls{method="CallResource"} 2\n')).toBeUndefined()
})
