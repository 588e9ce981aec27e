import type { Call } from '../call.ts'

/** What the plugin knows about itself in Prometheus text format 0.0.4: each family once, one line feed at the end (METRICS-003). */
export function metricsText(call: Call): string {
  const { running } = call
  const calls = call.counters
    .list()
    .map(({ method, outcome, value }) => `{method="${escapeLabel(method)}",outcome="${outcome}"} ${value}`)
  const families = [
    family('reference_calls_total', 'counter', 'Finished calls by gRPC method and outcome.', calls),
    family('reference_instances', 'gauge', 'Configured data sources that are kept between calls.', [
      ` ${call.instances.size}`,
    ]),
    family('reference_uptime_seconds', 'gauge', 'Seconds since the plugin started.', [
      ` ${(Date.now() - running.startedAt) / 1000}`,
    ]),
    family('process_start_time_seconds', 'gauge', 'Start of the plugin in seconds since 1970.', [
      ` ${running.startedAt / 1000}`,
    ]),
  ]
  return families.join('')
}

function family(name: string, type: 'counter' | 'gauge', help: string, samples: readonly string[]): string {
  const lines = [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map((sample) => name + sample),
  ]
  return `${lines.join('\n')}\n`
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
