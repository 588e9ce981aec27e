import type { QueryDataResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { HostProfile } from '../context/profile.ts'
import { errorAnswer, errorHabits } from './error-answer.ts'
import type { MessageId } from './error-answer.ts'
import type { GrafanaAnswer, HttpAnswer } from './grafana-answer.ts'
import {
  CANCELLED,
  goStatusText,
  RESOURCE_EXHAUSTED,
  statusOf,
  UNAVAILABLE,
  UNIMPLEMENTED,
} from './outcome.ts'
import type { Failure, Outcome } from './outcome.ts'
import { readResults } from './query-results.ts'
import type { Results } from './query-results.ts'
import { resultsJson } from './results-json.ts'

/** One of the calls that Grafana makes for an HTTP request: one for each data source (DATA-101). */
export interface QueryCall {
  /** The refIds that were asked for, in the order of the request. */
  readonly refIds: readonly string[]
  readonly outcome: Outcome<Pick<QueryDataResponse, 'responses'>>
}

/**
 * What the browser gets of `POST /api/ds/query` (DATA-211, DATA-306, DATA-308; grafana:pkg/api/ds_query.go).
 *
 * With one data source a failed call decides the whole answer; with several its refIds get an error each.
 */
export function mapQuery(
  profile: HostProfile,
  calls: readonly QueryCall[],
  options: { readonly multiStatus?: boolean } = {},
): GrafanaAnswer {
  if (calls.some(({ outcome }) => outcome.kind === 'pending')) return { kind: 'waits' }
  const read = calls.map(({ refIds, outcome }) => ({ refIds, ...readCall(profile, outcome) }))
  const [first] = read
  if (first !== undefined && read.length === 1 && first.kind === 'refused') return first.answer
  // A panic ends the request whatever the other data sources said.
  const broken = read.find((one) => one.kind === 'broken')
  if (broken !== undefined) return broken.answer
  const results: Results = Object.assign({}, ...read.map((one) => resultsOf(one)))
  const failed = Object.values(results).find(({ error }) => error !== '')
  const multiStatus = options.multiStatus === true && errorHabits(profile).knowsMultiStatus
  return {
    kind: 'http',
    status: failed === undefined ? 200 : multiStatus ? 207 : 400,
    contentType: 'application/json',
    body: `${resultsJson(profile, results)}\n`,
    says: failed?.error ?? '',
  }
}

type ReadCall =
  | { readonly kind: 'results'; readonly results: Results }
  /** The call failed, or its answer could not be decoded. */
  | { readonly kind: 'refused'; readonly answer: HttpAnswer; readonly error: string }
  /** Grafana itself fails over the answer. */
  | { readonly kind: 'broken'; readonly answer: HttpAnswer }

function readCall(profile: HostProfile, outcome: QueryCall['outcome']): ReadCall {
  switch (outcome.kind) {
    case 'answered': {
      const reading = readResults(profile, outcome.message)
      if (reading.kind === 'results') return reading
      if (reading.kind === 'panics') return { kind: 'broken', answer: panicAnswer }
      const id = errorHabits(profile).requestFailure
      // The text of the log is the Arrow library's own, so that none is given here.
      const { logged: _, ...answer } = errorAnswer(profile, id, '')
      return { kind: 'refused', answer, error: `[${id}] client: failed to query data: ${reading.why}` }
    }
    case 'not-running':
      return refused(profile, 'plugin.unavailable', 'plugin unavailable')
    case 'failed':
    case 'died':
    case 'cancelled':
      return refused(profile, ...errorOf(profile, outcome))
    case 'pending':
      return { kind: 'results', results: {} }
    default:
      return outcome satisfies never
  }
}

function refused(profile: HostProfile, id: MessageId, text: string): ReadCall {
  return { kind: 'refused', answer: errorAnswer(profile, id, text), error: `[${id}] ${text}` }
}

/** What Grafana says of a failed QueryData (rpc.md section 11.1; grafana:pkg/plugins/manager/client/client.go QueryData). */
function errorOf(profile: HostProfile, failure: Failure): [id: MessageId, text: string] {
  const { knowsCancelled, knowsCodes, requestFailure } = errorHabits(profile)
  const text = goStatusText(failure)
  const { code } = statusOf(failure)
  if (code === UNIMPLEMENTED) return ['plugin.notImplemented', 'method not implemented']
  if (code === CANCELLED && knowsCancelled)
    return ['plugin.requestCanceled', `client: query data request canceled: Failed to query data: ${text}`]
  if (code === UNAVAILABLE && knowsCodes) return ['plugin.connectionUnavailable', text]
  if (code === RESOURCE_EXHAUSTED && knowsCodes) return ['plugin.resourceExhausted', text]
  return [requestFailure, `client: failed to query data: Failed to query data: ${text}`]
}

/** What Grafana's web server answers when a handler panics (recording `c-bad-unequal-short`). */
const panicAnswer: HttpAnswer = {
  kind: 'http',
  status: 500,
  contentType: 'application/json; charset=UTF-8',
  body: '{"error":"Server Error","message":"Internal Server Error - please inspect Grafana server log for details"}',
  says: 'Internal Server Error - please inspect Grafana server log for details',
}

function resultsOf(call: ReadCall & { readonly refIds: readonly string[] }): Results {
  if (call.kind === 'results') return call.results
  if (call.kind === 'broken') return {}
  // Grafana makes such results itself: status 500, no source, no frames (DATA-308).
  const { error } = call
  return Object.fromEntries(
    call.refIds.map((refId) => [refId, { error, errorSource: '', status: 500, frames: undefined }]),
  )
}
