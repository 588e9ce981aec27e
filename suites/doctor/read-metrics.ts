import type { CollectMetricsResponse } from '../../proto/gen/grafana/backend_pb.js'
import { parseExposition } from '../metrics/exposition.ts'
import type { Reading } from './services.ts'

/** What Prometheus makes of an answer to CollectMetrics (METRICS-003). */
export function readMetrics({ metrics }: CollectMetricsResponse): Reading {
  const { families, findings } = parseExposition(metrics?.prometheus ?? new Uint8Array())
  const [first] = findings
  if (first === undefined) return { mark: 'good', text: `${families.length} metric families` }
  return {
    mark: 'bad',
    text: `line ${first.line}:${first.column}: ${first.message}`,
    fix: 'Send the text format of Prometheus, 0.0.4: a scrape fails as a whole.',
  }
}
