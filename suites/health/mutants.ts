import { status as code } from '@grpc/grpc-js'

import { CheckHealthResponse_HealthStatus as HealthStatus } from '../../proto/gen/grafana/backend_pb.js'
import type { CheckHealthRequest, CheckHealthResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import type { Call } from '../../reference-plugin/call.ts'
import { RpcError } from '../../reference-plugin/rpc-error.ts'
import { untilAborted } from '../../reference-plugin/until-aborted.ts'
import { defineMutant } from '../kernel/mutant.ts'
import { rules as errorRules } from '../errors/rules.ts'
import { rules } from './rules.ts'

/** Misdeeds around CheckHealth. */
export const mutants = [
  defineMutant({
    id: 'leaves-the-health-status-unset',
    breaks: [rules['ok-is-explicit']],
    mutate: answering((answer) =>
      answer.status === HealthStatus.OK ? { ...answer, status: HealthStatus.UNKNOWN } : answer,
    ),
  }),
  defineMutant({
    id: 'fails-without-a-word',
    breaks: [rules['error-says-why']],
    mutate: answering((answer, request) =>
      answer.status === HealthStatus.ERROR && isScripted(request) ? { ...answer, message: ' ' } : answer,
    ),
  }),
  defineMutant({
    id: 'sends-its-health-details-as-a-list',
    breaks: [rules['details-are-an-object']],
    mutate: answering((answer) =>
      answer.status === HealthStatus.OK ? { ...answer, jsonDetails: Buffer.from('["fine"]') } : answer,
    ),
  }),
  defineMutant({
    id: 'sends-an-object-as-verbose-message',
    breaks: [rules['known-details-are-texts']],
    mutate: answering((answer) => {
      const jsonDetails = Buffer.from('{"verboseMessage":{"text":"fine"}}')
      return answer.status === HealthStatus.OK ? { ...answer, jsonDetails } : answer
    }),
  }),
  defineMutant({
    id: 'throws-when-the-backend-refuses',
    breaks: [rules['failure-in-band']],
    mutate: checking(async (request) => {
      if (urlOf(request) === 'http://127.0.0.1:1')
        throw new RpcError(code.UNKNOWN, 'connect ECONNREFUSED 127.0.0.1:1')
    }),
  }),
  defineMutant({
    id: 'waits-for-a-backend-for-ever',
    breaks: [rules['answers-within-30-s'], errorRules['answers-in-time']],
    mutate: checking(async (request, call) => {
      if (urlOf(request) === 'http://127.0.0.1:1') await untilAborted(call.signal)
    }),
  }),
  defineMutant({
    id: 'drops-the-details-of-a-failure',
    breaks: [rules['failure-is-reported']],
    mutate: answering((answer, request) =>
      isScripted(request) ? { ...answer, jsonDetails: new Uint8Array() } : answer,
    ),
  }),
  defineMutant({
    id: 'calls-every-configuration-healthy',
    breaks: [rules['failure-is-reported']],
    mutate: answering((answer, request) =>
      isScripted(request) ? { ...answer, status: HealthStatus.OK } : answer,
    ),
  }),
  defineMutant({
    id: 'says-ok-after-its-backend-hung-up',
    breaks: [rules['failure-is-reported']],
    mutate: checking(async (request) => {
      const url = urlOf(request)
      if (!url.startsWith('http://127.0.0.1:')) return
      // Whatever comes of it, the answer stays what it is.
      await fetch(url).catch(() => undefined)
    }),
  }),
  defineMutant({
    id: 'is-healthy-only-once',
    breaks: [rules['repeatable']],
    mutate: (base) => {
      const checked = new Set<string>()
      return answering((answer, request) => {
        const uid = request.pluginContext?.dataSourceInstanceSettings?.uid ?? ''
        if (!checked.has(uid)) {
          checked.add(uid)
          return answer
        }
        return { ...answer, status: HealthStatus.ERROR, message: 'A lock of the last check is still there.' }
      })(base)
    },
  }),
]

function answering(
  change: (answer: CheckHealthResponse, request: CheckHealthRequest) => CheckHealthResponse,
): (base: Behaviour) => Behaviour {
  return (base) => ({
    ...base,
    diagnostics: {
      ...base.diagnostics,
      checkHealth: async (request, call) =>
        change(await base.diagnostics.checkHealth(request, call), request),
    },
  })
}

function checking(
  first: (request: CheckHealthRequest, call: Call) => Promise<void>,
): (base: Behaviour) => Behaviour {
  return (base) => ({
    ...base,
    diagnostics: {
      ...base.diagnostics,
      async checkHealth(request, call) {
        await first(request, call)
        return base.diagnostics.checkHealth(request, call)
      },
    },
  })
}

function urlOf(request: CheckHealthRequest): string {
  return request.pluginContext?.dataSourceInstanceSettings?.url ?? ''
}

function isScripted(request: CheckHealthRequest): boolean {
  const { jsonData = new Uint8Array() } = request.pluginContext?.dataSourceInstanceSettings ?? {}
  return Buffer.from(jsonData).includes('"conformance"')
}
