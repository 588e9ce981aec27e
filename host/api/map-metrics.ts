import type { CollectMetricsResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { HostProfile } from '../context/profile.ts'
import { errorAnswer, errorHabits } from './error-answer.ts'
import type { GrafanaAnswer, HttpAnswer } from './grafana-answer.ts'
import { goStatusText, statusOf, UNIMPLEMENTED } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/** What a scraper gets of a plugin's metrics (METRICS-002, METRICS-005; grafana:pkg/api/plugin_metrics.go). */
export function mapMetrics(
  profile: HostProfile,
  outcome: Outcome<Pick<CollectMetricsResponse, 'metrics'>>,
): GrafanaAnswer {
  const failed = (cause: string): HttpAnswer =>
    errorAnswer(profile, errorHabits(profile).requestFailure, `client: failed to collect metrics: ${cause}`)
  switch (outcome.kind) {
    case 'answered':
      return text(Buffer.from(outcome.message.metrics?.prometheus ?? []).toString('utf8'))
    case 'pending':
      return { kind: 'waits' }
    case 'not-running':
      return failed('plugin unavailable')
    case 'failed':
    case 'died':
    case 'cancelled':
      return statusOf(outcome).code === UNIMPLEMENTED ? text('') : failed(goStatusText(outcome))
    default:
      return outcome satisfies never
  }
}

function text(body: string): HttpAnswer {
  return { kind: 'http', status: 200, contentType: 'text/plain', body, says: '' }
}
