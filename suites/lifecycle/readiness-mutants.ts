import { CheckHealthResponse_HealthStatus } from '../../proto/gen/grafana/backend_pb.js'
import type { Running } from '../../reference-plugin/running.ts'
import { rules as contextRules } from '../context/rules.ts'
import { defineMutant } from '../kernel/mutant.ts'
import type { Mutant } from '../kernel/mutant.ts'
import { rules } from './running-rules.ts'

/** Misdeeds of plugins that are not ready, or not complete. */
export const mutants: readonly Mutant[] = [
  defineMutant({
    id: 'does-not-know-its-own-service-name',
    breaks: [rules['health-service-answers']],
    mutate: (base) => ({
      ...base,
      auxiliary: { ...base.auxiliary, health: (service) => (service === '' ? 'SERVING' : 'NOT_FOUND') },
    }),
  }),
  defineMutant({
    id: 'serves-any-name',
    breaks: [rules['health-service-answers']],
    mutate: (base) => ({ ...base, auxiliary: { ...base.auxiliary, health: () => 'SERVING' } }),
  }),
  defineMutant({
    id: 'warms-up-during-the-first-call',
    breaks: [rules['ready-after-handshake'], contextRules['any-call-may-be-first']],
    mutate: (base) => {
      const warm = new WeakSet<Running>()
      return {
        ...base,
        diagnostics: {
          ...base.diagnostics,
          async checkHealth(request, call) {
            const response = await base.diagnostics.checkHealth(request, call)
            if (warm.has(call.running)) return response
            warm.add(call.running)
            return { ...response, status: CheckHealthResponse_HealthStatus.ERROR, message: 'Warming up.' }
          },
        },
      }
    },
  }),
  defineMutant({
    id: 'has-no-diagnostics',
    breaks: [rules['offers-diagnostics']],
    mutate: (base) => ({ ...base, services: { ...base.services, diagnostics: false } }),
  }),
]
