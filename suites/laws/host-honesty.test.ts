import { isMessage } from '@bufbuild/protobuf'
import { beforeAll, describe, expect, test } from 'vitest'

import type { HostEvent, MessageEvent } from '../../host/events.ts'
import { reference } from '../../reference-plugin/reference.ts'
import { QueryChunkedDataRequestSchema, QueryDataRequestSchema } from '../../proto/gen/grafana/backend_pb.js'
import { referenceSubject } from '../reference-subject.ts'
import { judge } from './judge.ts'

/** Cases that send broken bytes or odd contexts on purpose carry their own area's name; everything else has to be what Grafana sends. */
const oddOnPurpose = /^((errors|context)\/|lifecycle\/unknown-methods)/

/** Metadata that every SDK takes (wire.md section 8). */
const METADATA_LIMIT = 16 * 1024

const events: HostEvent[] = []
const sent = (): readonly MessageEvent[] =>
  events.filter((event): event is MessageEvent => event.kind === 'message' && event.direction === 'request')

beforeAll(async () => {
  await judge(await referenceSubject(reference), {
    onEvent(event) {
      if (event.kind === 'host') events.push(event.event)
    },
  })
})

describe('law 7: the host breaks no rule itself', () => {
  test('every pluginv2 request carries a plugin context (CTX-101)', () => {
    const bare = sent().filter(
      (event) => event.method.startsWith('/pluginv2.') && !oddOnPurpose.test(event.tag ?? ''),
    )
    expect(bare.length).toBeGreaterThan(10)
    expect(
      bare.filter((event) => !hasContext(event.message)).map((event) => [event.tag, event.method]),
    ).toEqual([])
  })

  test('every query carries a time range (DATA-104)', () => {
    const queries = sent().flatMap(({ message, tag }) =>
      isMessage(message, QueryDataRequestSchema) || isMessage(message, QueryChunkedDataRequestSchema)
        ? message.queries.map((query) => ({ query, tag }))
        : [],
    )
    expect(queries.length).toBeGreaterThan(5)
    expect(queries.filter(({ query }) => query.timeRange === undefined)).toEqual([])
  })

  test('metadata stays below 16 KiB and every traceparent is valid W3C (LIFE-088, TRACE-103)', () => {
    const calls = events.filter((event) => event.kind === 'call')
    const traceparents = calls.flatMap((call) =>
      call.metadata.filter(([key]) => key === 'traceparent').map(([, value]) => ({ value, tag: call.tag })),
    )
    expect(
      calls.filter(
        (call) =>
          call.metadata.reduce((sum, [key, value]) => sum + key.length + value.length + 32, 0) >=
          METADATA_LIMIT,
      ),
    ).toEqual([])
    expect(traceparents.length).toBeGreaterThan(10)
    const ordinary = traceparents.filter(({ tag }) => tag?.startsWith('trace/') !== true)
    expect(
      ordinary.filter(({ value }) => !/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-0[01]$/.test(value)),
    ).toEqual([])
    expect(new Set(ordinary.map(({ value }) => value)).size).toBe(ordinary.length)
  })

  test('the broker and stdio streams are opened before anything else (LIFE-073)', () => {
    const shared = events.filter((event) => event.kind === 'call' && event.process === 'shared-1')
    const first = shared.slice(0, 2).map((event) => (event.kind === 'call' ? event.method : ''))
    expect(first.sort()).toEqual(['/plugin.GRPCBroker/StartStream', '/plugin.GRPCStdio/StreamStdio'])
  })
})

function hasContext(message: unknown): boolean {
  return (
    typeof message === 'object' &&
    message !== null &&
    'pluginContext' in message &&
    message.pluginContext !== undefined
  )
}
