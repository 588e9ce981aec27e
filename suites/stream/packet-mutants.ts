import { wakingDelay } from '../../host/waking-time.ts'

import { create } from '@bufbuild/protobuf'
import { status } from '@grpc/grpc-js'

import { StreamPacketSchema } from '../../proto/gen/grafana/backend_pb.js'
import { RpcError } from '../../reference-plugin/rpc-error.ts'
import { defineMutant } from '../kernel/mutant.ts'
import { rules } from './rules.ts'
import { changeFrame, changeRows, withPackets, withStream } from './variation.ts'

/** Longer than a test waits for a first packet. */
const LATE_MS = 6_000

/** Misdeeds around the packets and the end of RunStream. */
export const packetMutants = [
  defineMutant({
    id: 'sends-empty-keep-alive-packets',
    breaks: [rules['packets-are-json']],
    mutate: (base) => withPackets(base, (packet) => [packet, create(StreamPacketSchema)]),
  }),
  defineMutant({
    id: 'ends-packets-with-a-second-document',
    breaks: [rules['packets-are-json']],
    mutate: (base) =>
      withPackets(base, (packet) => [
        packet,
        { ...packet, data: Buffer.concat([packet.data, Buffer.from('\n{}')]) },
      ]),
  }),
  defineMutant({
    id: 'sends-rows-without-a-schema',
    breaks: [rules['schema-comes-first'], rules['late-viewers-learn-the-schema']],
    mutate(base) {
      const rowsOnly = withPackets(base, (packet) => [changeFrame(packet, ({ data }) => ({ data }))])
      return withStream(rowsOnly, {
        subscribeStream: async (...given) => ({
          ...(await base.stream.subscribeStream(...given)),
          data: new Uint8Array(),
        }),
      })
    },
  }),
  defineMutant({
    id: 'drops-a-column-later-on',
    breaks: [rules['rows-match-the-schema']],
    mutate: (base) =>
      withPackets(base, (packet, index) => [
        index === 0 ? packet : changeRows(packet, (values) => values.slice(0, -1)),
      ]),
  }),
  defineMutant({
    id: 'fills-one-column-only',
    breaks: [rules['rows-match-the-schema']],
    mutate: (base) =>
      withPackets(base, (packet, index) => [
        index === 0 ? packet : changeRows(packet, ([first, ...rest]) => [first, ...rest.map(() => [])]),
      ]),
  }),
  defineMutant({
    id: 'offers-what-it-cannot-run',
    breaks: [rules['accepted-path-runs']],
    mutate: (base) =>
      withStream(base, {
        runStream(request, call) {
          if (request.path === 'tick') throw new RpcError(status.UNIMPLEMENTED, 'not yet')
          return base.stream.runStream(request, call)
        },
      }),
  }),
  defineMutant({
    id: 'lets-viewers-wait-for-the-first-packet',
    breaks: [rules['first-packet-soon']],
    mutate: (base) =>
      withStream(base, {
        async *runStream(request, call) {
          if (request.path === 'tick') await wakingDelay(LATE_MS, call.signal)
          yield* base.stream.runStream(request, call)
        },
      }),
  }),
  defineMutant({
    id: 'ends-the-stream-when-it-is-quiet',
    breaks: [rules['stays-open']],
    mutate: (base) =>
      withStream(base, {
        async *runStream(request, call) {
          let count = 0
          for await (const packet of base.stream.runStream(request, call)) {
            yield packet
            count += 1
            if (request.path === 'conformance/run/documents' && count === 4) return
          }
        },
      }),
  }),
]
