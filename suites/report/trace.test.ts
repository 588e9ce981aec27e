import { create } from '@bufbuild/protobuf'
import { expect, test } from 'vitest'

import { exitRecord } from '../../host/logs/exit-record.ts'
import type { HostEvent } from '../../host/events.ts'
import { createLogReader } from '../../host/logs/read-log-line.ts'
import { QueryDataRequestSchema } from '../../proto/gen/grafana/backend_pb.js'
import { plainStyle } from './text.ts'
import { renderTrace } from './trace.ts'

const common = { process: 'shared-1', tag: 'query/x' }

test('a conversation has the host on the left, the plugin on the right, and times since its first event', () => {
  const json = new TextEncoder().encode('{"refId":"A"}')
  const message = create(QueryDataRequestSchema, { queries: [{ refId: 'A', json }] })
  const events: readonly HostEvent[] = [
    {
      ...common,
      kind: 'message',
      origin: 'host',
      at: 100,
      call: 7,
      method: '/m',
      direction: 'request',
      message,
      bytes: 20,
    },
    {
      ...common,
      kind: 'status',
      origin: 'plugin',
      at: 112,
      call: 7,
      method: '/m',
      code: 2,
      details: 'no\u0007 table',
      ms: 12,
      outcome: 'ended',
      cancelled: false,
      budget: 'default',
    },
  ]
  const lines = renderTrace('query/x', events, 'my-plugin', plainStyle).split('\n')
  expect(lines[0]).toMatch(/^── query\/x ─+$/)
  expect(lines.every((line) => line.length <= 80)).toBe(true)
  expect(lines[2]).toMatch(/^ {5}0 ms #7 /)
  expect(lines.join('')).toContain('"refId":"A"')
  expect(lines.join(' ')).toMatch(/UNKNOWN \(2\)/)
  expect(lines.join('')).toContain(String.raw`\x07`)
})

test('a line of stderr and the end of the process look as in the log of Grafana (LIFE-120, LIFE-133)', () => {
  const process = { process: 'shared-1', tag: undefined }
  const line = '{"@level":"warn","@message":"slow backend","ms":12}'
  const record = createLogReader({ goPlugin: '1.7.0' }).read(line)
  const events: readonly HostEvent[] = [
    {
      ...process,
      kind: 'spawned',
      origin: 'host',
      at: 0,
      command: 'x',
      pid: 7,
      env: {},
      oddOnPurpose: false,
    },
    { ...process, kind: 'stdout', origin: 'plugin', at: 1, line: 'ready', bytes: 5, number: 2 },
    { ...process, kind: 'log', origin: 'plugin', at: 1, record, terminated: true },
    {
      ...process,
      kind: 'exit',
      origin: 'plugin',
      at: 2,
      exit: { code: 3, signal: null },
      wanted: false,
      record: exitRecord({ code: 3, signal: null }, { command: 'x', pid: 7 }),
    },
  ]
  const trace = renderTrace('process shared-1', events, 'my-plugin', { ...plainStyle, columns: 400 })
  expect(trace).toContain('logger=plugin.my-plugin level=warn msg="slow backend" ms=12')
  expect(trace).toContain(
    'logger=plugin.my-plugin level=error msg="plugin process exited" plugin=x id=7 error="exit status 3"',
  )
  expect(trace).toContain('stdout, which Grafana drops: ready')
})
