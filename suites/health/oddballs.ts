import { CheckHealthResponse_HealthStatus as HealthStatus } from '../../proto/gen/grafana/backend_pb.js'
import type { CheckHealthResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { defineOddball } from '../kernel/oddball.ts'

/** Legal habits around CheckHealth. */
export const oddballs = [
  defineOddball({
    id: 'sends-null-as-health-details',
    because: 'null is the default of the Rust SDK, and Grafana accepts it (HEALTH-005)',
    vary: answering((answer) =>
      answer.jsonDetails.length === 0 ? { ...answer, jsonDetails: Buffer.from('null') } : answer,
    ),
  }),
  defineOddball({
    id: 'says-ok-without-a-word',
    because: 'a message beside OK is only advised (HEALTH-004)',
    vary: answering((answer) => (answer.status === HealthStatus.OK ? { ...answer, message: '' } : answer)),
  }),
  defineOddball({
    id: 'sends-health-details-of-its-own',
    because: 'keys other than message and verboseMessage are free (HEALTH-006)',
    vary: answering((answer) =>
      answer.jsonDetails.length === 0
        ? { ...answer, jsonDetails: Buffer.from(' {"nodes":[1,2],"version":{"major":3}}\n') }
        : answer,
    ),
  }),
]

function answering(
  change: (answer: CheckHealthResponse) => CheckHealthResponse,
): (base: Behaviour) => Behaviour {
  return (base) => ({
    ...base,
    diagnostics: {
      ...base.diagnostics,
      checkHealth: async (request, call) => change(await base.diagnostics.checkHealth(request, call)),
    },
  })
}
