import type { QueryDataResponse } from '../../proto/gen/grafana/backend_pb.js'
import { grafanaJson } from '../context/grafana-json.ts'
import type { HostProfile } from '../context/profile.ts'
import type { GrafanaAnswer, HttpAnswer } from './grafana-answer.ts'
import { goStatusText } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { readResults } from './query-results.ts'
import { resultsJson } from './results-json.ts'

/**
 * What a client gets of the API server's query route, which asks one data source (DATA-307).
 *
 * The status is that of the first errored response that Grafana meets, at random among several; here the first by refId.
 * `errorSource` is what the failed call said of itself in its details (DATA-305).
 * Source: grafana:pkg/registry/apis/datasource/http_query.go, pkg/apis/datasource/v0alpha1 GetResponseCode.
 */
export function mapQueryRoute(
  profile: HostProfile,
  outcome: Outcome<Pick<QueryDataResponse, 'responses'>>,
  options: { readonly errorSource?: 'plugin' | 'downstream' } = {},
): GrafanaAnswer {
  switch (outcome.kind) {
    case 'pending':
      return { kind: 'waits' }
    case 'answered': {
      const reading = readResults(profile, outcome.message)
      if (reading.kind !== 'results') return objectAnswer('the answer could not be decoded')
      const failed = Object.entries(reading.results)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .find(([, { error }]) => error !== '')?.[1]
      const status = failed === undefined ? 200 : failed.status || 400
      return json(status, resultsJson(profile, reading.results), failed?.error ?? '')
    }
    case 'not-running':
      return objectAnswer('plugin unavailable')
    case 'failed':
    case 'died':
    case 'cancelled': {
      const error = goStatusText(outcome)
      if (options.errorSource !== 'downstream') return objectAnswer(error)
      const result = { error, errorSource: 'downstream', status: 400, frames: undefined }
      return json(400, resultsJson(profile, { A: result }), error)
    }
    default:
      return outcome satisfies never
  }
}

/** The API server's own error object; `code` is the HTTP status. */
function objectAnswer(message: string): HttpAnswer {
  const code = 500
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason: 'InternalError',
    code,
  }
  return json(code, grafanaJson(status), message)
}

function json(status: number, body: string, says: string): HttpAnswer {
  return { kind: 'http', status, contentType: 'application/json', body, says }
}
