import { create } from '@bufbuild/protobuf'

import {
  CheckHealthResponse_HealthStatus,
  CheckHealthResponseSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import type { DataQuery } from '../../proto/gen/grafana/backend_pb.js'
import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import type { Call } from '../../reference-plugin/call.ts'
import { RpcError } from '../../reference-plugin/rpc-error.ts'
import type { Running } from '../../reference-plugin/running.ts'
import { untilAborted } from '../../reference-plugin/until-aborted.ts'
import { defineMutant } from '../kernel/mutant.ts'
import type { Mutant } from '../kernel/mutant.ts'
import { behindHttp2 } from '../lifecycle/http2-front.ts'
import { rules as lifecycle } from '../lifecycle/rules.ts'
import { rules } from './rules.ts'

const CANCELLED = 1
const UNKNOWN = 2
const RESOURCE_EXHAUSTED = 8
const INTERNAL = 13
const UNAVAILABLE = 14

/** Queries like none that another case asks: only then these plugins misbehave. */
const HUGE_REF_ID = 100_000
const CROWD = 16

const requests: readonly Mutant[] = [
  defineMutant({
    id: 'never-answers-a-conversion',
    breaks: [rules['answers-in-time']],
    mutate: (base) => ({
      ...base,
      conversion: {
        ...base.conversion,
        async convert(request, call) {
          if (request.uid === 'conformance-probe') await untilAborted(call.signal)
          return base.conversion.convert(request, call)
        },
      },
    }),
  }),
  defineMutant({
    id: 'calls-a-missing-method-unknown',
    breaks: [rules['missing-methods-are-unimplemented']],
    mutate: (base) => ({
      ...base,
      conversion: {
        ...base.conversion,
        async convert() {
          throw new RpcError(UNKNOWN, 'Exception calling application: Method not implemented!')
        },
      },
    }),
  }),
  defineMutant({
    id: 'takes-garbage-for-an-empty-request',
    breaks: [rules['malformed-requests-fail-alone']],
    mutate: (base) => ({
      ...base,
      transport: {
        ...base.transport,
        receive: (bytes) => (bytes[0] === 0x0f ? new Uint8Array() : bytes),
      },
    }),
  }),
  defineMutant({
    id: 'exits-at-malformed-protobuf',
    breaks: [rules['malformed-requests-fail-alone'], lifecycle.survives],
    mutate: (base) => ({
      ...base,
      transport: { ...base.transport, onUndecodable: (_error, _path, running) => running.exit(2) },
    }),
  }),
  defineMutant({
    id: 'fails-for-good-after-malformed-protobuf',
    breaks: [rules['healthy-after-a-failure']],
    mutate: (base) => {
      const stuck = new WeakSet<Running>()
      return {
        ...base,
        transport: {
          ...base.transport,
          onUndecodable: (_error, _path, running) => void stuck.add(running),
          refusal: (incoming, running) =>
            stuck.has(running) && incoming.path.startsWith('/pluginv2.')
              ? { code: INTERNAL, details: 'the plugin is in a bad state' }
              : base.transport.refusal(incoming, running),
        },
      }
    },
  }),
  defineMutant({
    id: 'exits-at-a-huge-refid',
    breaks: [rules['handler-faults-stay-in-the-call'], lifecycle.survives],
    mutate: (base) => ({
      ...base,
      data: {
        ...base.data,
        async answerQuery(query, request, call) {
          if (query.refId.length > HUGE_REF_ID) call.running.exit(134)
          return base.data.answerQuery(query, request, call)
        },
      },
    }),
  }),
  defineMutant({
    id: 'is-healthy-whatever-is-thrown',
    breaks: [rules['handler-faults-stay-in-the-call']],
    mutate: (base) => ({
      ...base,
      diagnostics: {
        ...base.diagnostics,
        async checkHealth(request, call) {
          try {
            return await base.diagnostics.checkHealth(request, call)
          } catch {
            return create(CheckHealthResponseSchema, {
              status: CheckHealthResponse_HealthStatus.OK,
              message: 'The data source is working.',
            })
          }
        },
      },
    }),
  }),
]

const statuses: readonly Mutant[] = [
  defineMutant({
    id: 'calls-a-fault-a-cancellation',
    breaks: [rules['cancelled-only-when-cancelled']],
    mutate: (base) => withFault(base, () => ({ code: CANCELLED, details: 'context canceled' })),
  }),
  defineMutant({
    id: 'puts-a-stack-trace-into-the-status',
    breaks: [rules['status-messages-are-short']],
    mutate: (base) =>
      withFault(base, () => ({ code: INTERNAL, details: `the plugin failed: ${'at handler '.repeat(500)}` })),
  }),
  defineMutant({
    id: 'is-unavailable-when-its-backend-is',
    breaks: [rules['unavailable-only-when-gone']],
    mutate: (base) => withWholeFailure(base, 503, UNAVAILABLE),
  }),
  defineMutant({
    id: 'is-exhausted-when-its-backend-is',
    breaks: [rules['rate-limits-are-not-exhaustion']],
    mutate: (base) => withWholeFailure(base, 429, RESOURCE_EXHAUSTED),
  }),
]

/** Another status for exceptions in handlers; those of calls that are over keep theirs. */
function withFault(base: Behaviour, status: () => { code: number; details: string }): Behaviour {
  return {
    ...base,
    transport: {
      ...base.transport,
      fault: (error, call) =>
        call.signal.aborted || error instanceof RpcError ? base.transport.fault(error, call) : status(),
    },
  }
}

/** One query that failed with this status fails the call. */
function withWholeFailure(base: Behaviour, status: number, code: number): Behaviour {
  return {
    ...base,
    data: {
      ...base.data,
      async queryData(request, call) {
        const response = await base.data.queryData(request, call)
        const failed = Object.values(response.responses).find((one) => one.status === status)
        if (failed !== undefined) throw new RpcError(code, failed.error)
        return response
      },
    },
  }
}

const sideBySide: readonly Mutant[] = [
  defineMutant({
    id: 'serves-four-queries-at-a-time',
    breaks: [rules['calls-run-side-by-side']],
    mutate: (base) => withPlaces(base, 4, (call) => call),
  }),
  defineMutant({
    id: 'works-on-for-nobody',
    breaks: [rules['cancelled-calls-make-room']],
    mutate: (base) => withPlaces(base, 64, (call) => ({ ...call, signal: call.running.ended })),
  }),
  defineMutant({
    id: 'remembers-answers-by-refid',
    breaks: [rules['overlapping-calls-do-not-mix']],
    mutate(base) {
      const crowds = new WeakMap<Running, { count: number; first: DataQuery }>()
      return {
        ...base,
        data: {
          ...base.data,
          async answerQuery(query, request, call) {
            const crowd = crowds.get(call.running) ?? { count: 0, first: query }
            crowds.set(call.running, crowd)
            if (crowd.count === 0) crowd.first = query
            crowd.count++
            try {
              // Only in a crowd, so that the few queries of other cases get what they asked for.
              const mixed = crowd.count > CROWD && new TextDecoder().decode(query.json).includes('"frames"')
              return await base.data.answerQuery(mixed ? crowd.first : query, request, call)
            } finally {
              crowd.count--
            }
          },
        },
      }
    },
  }),
  defineMutant({
    id: 'has-no-deadlines',
    breaks: [rules['deadlines-are-honoured']],
    mutate: (base) =>
      behindHttp2(base, {
        request: ({ 'grpc-timeout': _, ...headers }) => headers,
      }),
  }),
]

/** At most so many queries at once; the others wait until a place is free. */
function withPlaces(base: Behaviour, places: number, change: (call: Call) => Call): Behaviour {
  const taken = new WeakMap<Running, { count: number; readonly waiting: Array<() => void> }>()
  return {
    ...base,
    data: {
      ...base.data,
      async queryData(request, call) {
        const room = taken.get(call.running) ?? { count: 0, waiting: [] }
        taken.set(call.running, room)
        if (room.count >= places) await new Promise<void>((resolve) => room.waiting.push(resolve))
        room.count++
        try {
          return await base.data.queryData(request, change(call))
        } finally {
          room.count--
          room.waiting.shift()?.()
        }
      },
    },
  }
}

/** Status codes, faults and calls side by side: misdeeds. */
export const mutants: readonly Mutant[] = [...requests, ...statuses, ...sideBySide]
