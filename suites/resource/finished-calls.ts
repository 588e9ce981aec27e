import { bareContext } from '../../host/context/plugin-context.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import { parseExposition } from '../metrics/exposition.ts'
import type { Family } from '../metrics/exposition.ts'

/** Counters of other things than ends: gRPC servers count starts and messages beside them (METRICS-009). */
const NO_ENDS = /(?:_started|_msg_received|_msg_sent)(?:_total)?$/

/** How many calls of CallResource have ended by the plugin's own metrics, or undefined when they do not say. */
export async function finishedCalls(
  plugin: Plugin,
  subject: { readonly id: string },
): Promise<number | undefined> {
  const result = await plugin.diagnostics.collectMetrics({ pluginContext: bareContext(subject) })
  if (result.kind !== 'answered' || result.message.metrics === undefined) return undefined
  return countFinished(parseExposition(result.message.metrics.prometheus).families)
}

/**
 * Adds up the first counter whose labels name CallResource, such as `grpc_server_handled_total{grpc_method="CallResource"}`
 * of the Go SDK (METRICS-009).
 */
export function countFinished(families: readonly Family[]): number | undefined {
  for (const { name, type, samples } of families) {
    if (type !== 'counter' || NO_ENDS.test(name)) continue
    const matching = samples.filter((sample) =>
      Object.values(sample.labels).some((value) => /(?:^|\/)CallResource$/.test(value)),
    )
    if (matching.length > 0) return matching.reduce((sum, sample) => sum + sample.value, 0)
  }
  return undefined
}
