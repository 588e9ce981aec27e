import { create } from '@bufbuild/protobuf'
import { status } from '@grpc/grpc-js'

import { CollectMetricsResponseSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { DiagnosticsBehaviour } from '../../reference-plugin/behaviour.ts'
import { RpcError } from '../../reference-plugin/rpc-error.ts'
import { defineOddball } from '../kernel/oddball.ts'

/** Legal habits around CollectMetrics. */
export const oddballs = [
  collects('has-no-metrics', 'UNIMPLEMENTED is fine (METRICS-005)', async () => {
    throw new RpcError(status.UNIMPLEMENTED, 'unimplemented')
  }),
  collects('sends-no-payload-of-metrics', 'a missing payload is fine (METRICS-005)', async () =>
    create(CollectMetricsResponseSchema),
  ),
  collects('sends-zero-bytes-of-metrics', 'zero bytes are fine (METRICS-005)', async () =>
    create(CollectMetricsResponseSchema, { metrics: { prometheus: new Uint8Array() } }),
  ),
  defineOddball({
    id: 'ends-its-metrics-with-eof',
    because: 'a comment may say anything, `# EOF` included (METRICS-003, the text format 0.0.4)',
    vary: (base) => ({
      ...base,
      diagnostics: {
        ...base.diagnostics,
        metricsText: (call) => `${base.diagnostics.metricsText(call)}# EOF\n`,
      },
    }),
  }),
]

function collects(id: string, because: string, collectMetrics: DiagnosticsBehaviour['collectMetrics']) {
  return defineOddball({
    id,
    because,
    vary: (base) => ({ ...base, diagnostics: { ...base.diagnostics, collectMetrics } }),
  })
}
