import { setTimeout as delay } from 'node:timers/promises'

import { create } from '@bufbuild/protobuf'
import { status } from '@grpc/grpc-js'

import { StreamPacketSchema, SubscribeStreamResponse_Status } from '../../proto/gen/grafana/backend_pb.js'
import { RpcError } from '../../reference-plugin/rpc-error.ts'
import { defineOddball } from '../kernel/oddball.ts'
import type { Oddball } from '../kernel/oddball.ts'
import { isRecord } from './document.ts'
import { jsonBytes } from './route.ts'
import { changeFrame, withPackets, withStream } from './variation.ts'

const { NOT_FOUND, PERMISSION_DENIED } = SubscribeStreamResponse_Status

/** What the streams of a plugin may look like besides frames. */
const documents = [5, null, 'text', { data: 'mine' }, { data: { values: [] } }].map((value) =>
  create(StreamPacketSchema, { data: jsonBytes(value) }),
)

/** SubscribeStream, RunStream and PublishStream: legal habits. */
export const oddballs: readonly Oddball[] = [
  defineOddball({
    id: 'has-no-streams',
    because:
      'a service that is not offered answers UNIMPLEMENTED, which Grafana takes for a refusal (STREAM-105)',
    vary: (base) => ({ ...base, services: { ...base.services, stream: false } }),
  }),
  defineOddball({
    id: 'repeats-the-schema-in-every-packet',
    because: 'this is one of two ways to serve viewers who come late, and what SendFrame does (STREAM-303)',
    vary(base) {
      const bare = withStream(base, {
        subscribeStream: async (...given) => ({
          ...(await base.stream.subscribeStream(...given)),
          data: new Uint8Array(),
        }),
      })
      let schema: unknown
      return withPackets(bare, (packet) => [
        changeFrame(packet, (frame) => {
          schema = isRecord(frame['schema']) ? frame['schema'] : schema
          return isRecord(frame['data']) ? { schema, ...frame } : frame
        }),
      ])
    },
  }),
  defineOddball({
    id: 'ticks-to-the-nanosecond',
    because:
      'parts below the millisecond may stand in nanos, although streams lose them (FRAME-030, JSON-025)',
    vary: (base) =>
      withPackets(base, (packet) => [
        changeFrame(packet, (frame) => {
          const { data } = frame
          if (!isRecord(data) || !Array.isArray(data['values'])) return frame
          const values: readonly unknown[] = data['values']
          const nanos = values.map((column, index) =>
            index === 0 && Array.isArray(column) ? column.map(() => 456_789) : null,
          )
          return { ...frame, data: { ...data, nanos } }
        }),
      ]),
  }),
  defineOddball({
    id: 'streams-in-label-mode',
    because: 'a first field "labels" of texts splits the rows into series (JSON-024)',
    vary(base) {
      const label = (frame: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
        const { schema, data } = frame
        const fields: readonly unknown[] =
          isRecord(schema) && Array.isArray(schema['fields']) ? schema['fields'] : []
        const values: readonly unknown[] =
          isRecord(data) && Array.isArray(data['values']) ? data['values'] : []
        const [first] = values
        const texts = Array.isArray(first) ? first.map(() => 'host=a') : []
        const field = { name: 'labels', type: 'string', typeInfo: { frame: 'string' } }
        return {
          ...frame,
          ...(fields.length === 0 ? {} : { schema: { ...asObject(schema), fields: [field, ...fields] } }),
          ...(values.length === 0 ? {} : { data: { ...asObject(data), values: [texts, ...values] } }),
        }
      }
      return withStream(base, {
        async subscribeStream(request, call) {
          const response = await base.stream.subscribeStream(request, call)
          return request.path.startsWith('tick') ? changeFrame(response, label) : response
        },
        async *runStream(request, call) {
          for await (const packet of base.stream.runStream(request, call))
            yield request.path.startsWith('tick') ? changeFrame(packet, label) : packet
        },
      })
    },
  }),
  defineOddball({
    id: 'sends-documents-that-are-no-frames',
    because: 'any JSON value will do, and the browser skips frames without rows (STREAM-301, JSON-022)',
    vary: (base) => withPackets(base, (packet) => [...documents, packet]),
  }),
  defineOddball({
    id: 'sends-the-first-tick-after-a-second',
    because: 'a first packet within a few seconds is soon enough (STREAM-304)',
    vary: (base) =>
      withStream(base, {
        async *runStream(request, call) {
          if (request.path.startsWith('tick')) await delay(1_000, undefined, { signal: call.signal })
          yield* base.stream.runStream(request, call)
        },
      }),
  }),
  defineOddball({
    id: 'answers-publications-with-nothing',
    because: 'the answer may be empty: Grafana then broadcasts what was published (STREAM-404)',
    vary: (base) =>
      withStream(base, {
        publishStream: async (...given) => ({
          ...(await base.stream.publishStream(...given)),
          data: new Uint8Array(),
        }),
      }),
  }),
  defineOddball({
    id: 'denies-instead-of-not-finding',
    because: 'PERMISSION_DENIED is as explicit a refusal as NOT_FOUND (STREAM-103)',
    vary: (base) =>
      withStream(base, {
        async subscribeStream(...given) {
          const response = await base.stream.subscribeStream(...given)
          return response.status === NOT_FOUND ? { ...response, status: PERMISSION_DENIED } : response
        },
      }),
  }),
  defineOddball({
    id: 'refuses-unknown-paths-with-a-grpc-error',
    because: 'Grafana starts no stream after any error of SubscribeStream (STREAM-105)',
    vary: (base) =>
      withStream(base, {
        async subscribeStream(...given) {
          const response = await base.stream.subscribeStream(...given)
          if (response.status === NOT_FOUND) throw new RpcError(status.NOT_FOUND, 'there is no such stream')
          return response
        },
      }),
  }),
]

function asObject(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {}
}
