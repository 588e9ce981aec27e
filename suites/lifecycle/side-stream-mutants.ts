import { create } from '@bufbuild/protobuf'

import { ConnInfoSchema } from '../../proto/gen/hashicorp/grpc_broker_pb.js'
import { StdioDataSchema, StdioData_Channel } from '../../proto/gen/hashicorp/grpc_stdio_pb.js'
import { untilAborted } from '../../reference-plugin/until-aborted.ts'
import { defineMutant } from '../kernel/mutant.ts'
import type { Mutant } from '../kernel/mutant.ts'
import { rules as runningRules } from './running-rules.ts'
import { rules } from './transport-rules.ts'

/** Misdeeds with the services that go-plugin adds. */
export const mutants: readonly Mutant[] = [
  defineMutant({
    id: 'labels-its-output-with-no-channel',
    breaks: [rules['stdio-carries-output-only']],
    mutate: (base) => ({
      ...base,
      auxiliary: {
        ...base.auxiliary,
        async *streamStdio(call) {
          yield create(StdioDataSchema, {
            channel: StdioData_Channel.INVALID,
            data: new TextEncoder().encode('hello\n'),
          })
          yield* base.auxiliary.streamStdio(call)
        },
      },
    }),
  }),
  defineMutant({
    id: 'offers-a-brokered-connection',
    breaks: [rules['opens-no-brokered-connections']],
    mutate: (base) => ({
      ...base,
      auxiliary: {
        ...base.auxiliary,
        async *startBroker(requests, call) {
          yield create(ConnInfoSchema, { serviceId: 1, network: 'tcp', address: '127.0.0.1:1' })
          yield* base.auxiliary.startBroker(requests, call)
        },
      },
    }),
  }),
  defineMutant({
    id: 'exits-when-stdio-ends',
    breaks: [runningRules['outlives-its-connection'], runningRules.survives],
    mutate: (base) => ({
      ...base,
      auxiliary: {
        ...base.auxiliary,
        // eslint-disable-next-line require-yield -- a stream that stays silent
        async *streamStdio(call) {
          await untilAborted(call.signal)
          if (!call.running.ended.aborted) call.running.exit(0)
        },
      },
    }),
  }),
  defineMutant({
    id: 'has-no-health-service',
    breaks: [runningRules['health-service-answers']],
    mutate: (base) => ({ ...base, services: { ...base.services, health: false } }),
  }),
  defineMutant({
    // Works in Grafana, as the Go SDK's own standalone server does: each missing service costs what its rule says (LIFE-100).
    id: 'offers-nothing-but-pluginv2',
    breaks: [runningRules['health-service-answers'], runningRules['offers-shutdown']],
    mutate: (base) => ({
      ...base,
      services: { ...base.services, health: false, controller: false, stdio: false, broker: false },
    }),
  }),
]
