import type { HostProfile } from '../context/profile.ts'
import { asGrafanaJson } from '../frames/as-grafana-json.ts'
import { goText } from '../frames/go-json.ts'
import type { Result, Results } from './query-results.ts'

/** The body of an answer to `/api/ds/query`: refIds sorted by their bytes (DATA-308; sdk-go:backend/json.go). */
export function resultsJson(profile: HostProfile, results: Results): string {
  const members = Object.entries(results)
    .sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map(([refId, result]) => `${goText(refId)}:${resultJson(profile, refId, result)}`)
  return `{"results":{${members.join(',')}}}`
}

/** `error` and `errorSource` only where the query failed, then `status`, then `frames` unless Grafana made the result. */
function resultJson(profile: HostProfile, refId: string, result: Result): string {
  const { error, errorSource, status, frames } = result
  const members = [
    ...(error === '' ? [] : [`"error":${goText(error)}`, `"errorSource":${goText(errorSource)}`]),
    `"status":${status}`,
    ...(frames === undefined
      ? []
      : [`"frames":[${frames.map((frame) => asGrafanaJson(frame, { profile, refId })).join(',')}]`]),
  ]
  return `{${members.join(',')}}`
}
