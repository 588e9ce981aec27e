import { create } from '@bufbuild/protobuf'

import { CollectMetricsResponseSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { DiagnosticsBehaviour } from '../behaviour.ts'
import { checkHealth } from './check-health.ts'
import { metricsText } from './metrics-text.ts'

/** Health in words, metrics as text; neither needs more than the request (CTX-102). */
export const referenceDiagnostics: DiagnosticsBehaviour = {
  checkHealth,
  async collectMetrics(_, call) {
    const text = call.behaviour.diagnostics.metricsText(call)
    return create(CollectMetricsResponseSchema, { metrics: { prometheus: Buffer.from(text) } })
  },
  metricsText,
}
