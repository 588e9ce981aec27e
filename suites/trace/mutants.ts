import { wakingDelay } from '../../host/waking-time.ts'

import { status } from '@grpc/grpc-js'

import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { defineMutant } from '../kernel/mutant.ts'
import { rules } from './rules.ts'

/** Refuses calls by their trace parent; those of go-plugin itself never have one. */
function refusing(base: Behaviour, wrong: (parent: string) => boolean): Behaviour {
  return {
    ...base,
    transport: {
      ...base.transport,
      refusal(incoming, running) {
        const [parent] = incoming.metadata.get('traceparent')
        if (incoming.path.startsWith('/pluginv2.') && parent !== undefined && wrong(String(parent)))
          return { code: status.INVALID_ARGUMENT, details: 'bad traceparent' }
        return base.transport.refusal(incoming, running)
      },
    },
  }
}

const WELL_FORMED = /^00-(?!0+-)[0-9a-f]{32}-(?!0+-)[0-9a-f]{16}-[0-9a-f]{2}$/

const COLLECTOR = 'GF_INSTANCE_OTLP_ADDRESS'

/** Longer than tracing may slow a call down (TRACE-201). */
const EXPORT_MS = 1_200

/** Misdeeds with tracing. */
export const mutants = [
  defineMutant({
    id: 'refuses-malformed-trace-parents',
    breaks: [rules['any-parent-is-accepted']],
    mutate: (base) => refusing(base, (parent) => !WELL_FORMED.test(parent)),
  }),
  defineMutant({
    id: 'refuses-unsampled-calls',
    breaks: [rules['any-parent-is-accepted']],
    mutate: (base) => refusing(base, (parent) => parent.endsWith('-00')),
  }),
  defineMutant({
    id: 'needs-its-collector-to-start',
    breaks: [rules['dead-collector-is-survived']],
    mutate: (base) => ({
      ...base,
      process: {
        ...base.process,
        async beforeHandshake(running) {
          if ((running.world.env[COLLECTOR] ?? '') !== '')
            throw new Error('dial collector: connection refused')
          await base.process.beforeHandshake(running)
        },
      },
    }),
  }),
  defineMutant({
    id: 'exports-spans-before-it-answers',
    breaks: [rules['dead-collector-is-survived']],
    mutate: (base) => ({
      ...base,
      data: {
        ...base.data,
        async queryData(request, call) {
          if ((call.world.env[COLLECTOR] ?? '') !== '') await wakingDelay(EXPORT_MS, call.signal)
          return base.data.queryData(request, call)
        },
      },
    }),
  }),
]
