import { wakingDelay } from '../../host/waking-time.ts'

import { SubscribeStreamResponse_Status } from '../../proto/gen/grafana/backend_pb.js'
import { defineMutant } from '../kernel/mutant.ts'
import { readDocument } from './document.ts'
import { rules } from './rules.ts'
import { withStream } from './variation.ts'

const { OK } = SubscribeStreamResponse_Status

/** Longer than a subscription may take (STREAM-107). */
const SLOW_MS = 1_200

/** A number from another protocol; of the wide type, because the enumeration does not know it. */
const HTTP_STATUS: number = 404

/** Misdeeds around SubscribeStream. */
export const subscriptionMutants = [
  defineMutant({
    id: 'admits-every-path',
    breaks: [rules['unknown-path-refused']],
    mutate: (base) =>
      withStream(base, {
        subscribeStream: async (...given) => ({
          ...(await base.stream.subscribeStream(...given)),
          status: OK,
        }),
      }),
  }),
  defineMutant({
    id: 'invents-a-subscription-status',
    breaks: [rules['status-is-known']],
    mutate: (base) =>
      withStream(base, {
        async subscribeStream(...given) {
          const response = await base.stream.subscribeStream(...given)
          // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- proto3 enumerations are open on the wire
          return response.status === OK ? response : { ...response, status: HTTP_STATUS }
        },
      }),
  }),
  defineMutant({
    id: 'greets-subscribers-in-plain-text',
    breaks: [rules['initial-data-is-json']],
    mutate: (base) =>
      withStream(base, {
        async subscribeStream(...given) {
          const response = await base.stream.subscribeStream(...given)
          return response.data.length > 0 ? response : { ...response, data: Buffer.from('welcome') }
        },
      }),
  }),
  defineMutant({
    id: 'insists-on-json-in-subscriptions',
    breaks: [rules['any-subscription-data-tolerated']],
    mutate: (base) =>
      withStream(base, {
        subscribeStream(request, call) {
          if (readDocument(request.data).kind === 'broken') throw new SyntaxError('Unexpected token')
          return base.stream.subscribeStream(request, call)
        },
      }),
  }),
  defineMutant({
    id: 'connects-while-subscribing',
    breaks: [rules['subscribe-is-fast']],
    mutate: (base) =>
      withStream(base, {
        async subscribeStream(request, call) {
          await wakingDelay(SLOW_MS, call.signal)
          return base.stream.subscribeStream(request, call)
        },
      }),
  }),
  defineMutant({
    id: 'keeps-the-schema-to-the-first-viewer',
    breaks: [rules['late-viewers-learn-the-schema']],
    mutate: (base) =>
      withStream(base, {
        subscribeStream: async (...given) => ({
          ...(await base.stream.subscribeStream(...given)),
          data: new Uint8Array(),
        }),
      }),
  }),
]
