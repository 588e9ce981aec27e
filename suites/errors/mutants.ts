import { create } from '@bufbuild/protobuf'
import { status } from '@grpc/grpc-js'
import type { StatusObject } from '@grpc/grpc-js'

import {
  CheckHealthResponse_HealthStatus,
  CheckHealthResponseSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { RpcError } from '../../reference-plugin/rpc-error.ts'
import type { Running } from '../../reference-plugin/running.ts'
import { untilAborted } from '../../reference-plugin/until-aborted.ts'
import { defineMutant } from '../kernel/mutant.ts'
import type { Mutant } from '../kernel/mutant.ts'
import { rules as lifecycle } from '../lifecycle/rules.ts'
import { rules } from './rules.ts'
import { mutants as sideBySide } from './side-by-side-mutants.ts'

/** A path that cases ask for, but whose answer none of them needs. */
const ODD_PATH = 'a//b'
const LATIN_1 = 'x-caf_'

/** A refId like none that another case asks. */
const HUGE_REF_ID = 8 * 1024

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
          throw new RpcError(status.UNKNOWN, 'Exception calling application: Method not implemented!')
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
              ? { code: status.INTERNAL, details: 'the plugin is in a bad state' }
              : base.transport.refusal(incoming, running),
        },
      }
    },
  }),
  defineMutant({
    id: 'sends-text-that-is-not-utf-8',
    breaks: [rules['answers-are-decodable']],
    mutate: (base) => ({
      ...base,
      resource: {
        ...base.resource,
        async answer(request, call) {
          const answer = await base.resource.answer(request, call)
          return request.path === ODD_PATH
            ? { ...answer, headers: { ...answer.headers, [LATIN_1]: ['x'] } }
            : answer
        },
      },
      transport: {
        ...base.transport,
        send(bytes, path, running) {
          const sent = Buffer.from(base.transport.send(bytes, path, running))
          // The name of the header, its last letter in Latin-1.
          const at = sent.indexOf(LATIN_1)
          if (at !== -1) sent[at + LATIN_1.length - 1] = 0xe9
          return sent
        },
      },
    }),
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
    mutate: (base) => withFault(base, () => ({ code: status.CANCELLED, details: 'context canceled' })),
  }),
  defineMutant({
    id: 'puts-a-stack-trace-into-the-status',
    breaks: [rules['status-messages-are-short']],
    mutate: (base) =>
      withFault(base, () => ({
        code: status.INTERNAL,
        details: `the plugin failed: ${'at handler '.repeat(500)}`,
      })),
  }),
  defineMutant({
    id: 'is-unavailable-when-its-backend-is',
    breaks: [rules['unavailable-only-when-gone']],
    mutate: (base) => withWholeFailure(base, 503, status.UNAVAILABLE),
  }),
  defineMutant({
    id: 'is-exhausted-when-its-backend-is',
    breaks: [rules['rate-limits-are-not-exhaustion']],
    mutate: (base) => withWholeFailure(base, 429, status.RESOURCE_EXHAUSTED),
  }),
]

/** Another status for exceptions in handlers; those of calls that are over keep theirs. */
function withFault(base: Behaviour, chosen: () => Partial<StatusObject>): Behaviour {
  return {
    ...base,
    transport: {
      ...base.transport,
      fault: (error, call) =>
        call.signal.aborted || error instanceof RpcError ? base.transport.fault(error, call) : chosen(),
    },
  }
}

/** One query that failed with this status fails the call. */
function withWholeFailure(base: Behaviour, httpStatus: number, code: status): Behaviour {
  return {
    ...base,
    data: {
      ...base.data,
      async queryData(request, call) {
        const response = await base.data.queryData(request, call)
        const failed = Object.values(response.responses).find((one) => one.status === httpStatus)
        if (failed !== undefined) throw new RpcError(code, failed.error)
        return response
      },
    },
  }
}

/** Status codes, faults and calls side by side: misdeeds. */
export const mutants: readonly Mutant[] = [...requests, ...statuses, ...sideBySide]
