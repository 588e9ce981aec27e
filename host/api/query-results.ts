import type { QueryDataResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { HostProfile } from '../context/profile.ts'
import type { Frame } from '../frames/frame.ts'
import { readArrowFrame } from '../frames/read-arrow.ts'
import type { FrameReading } from '../frames/read-arrow.ts'
import { errorHabits } from './error-answer.ts'

/** One query's result on its way to the browser. */
export interface Result {
  /** Empty for a query that succeeded: nothing else tells failure from success (DATA-302). */
  readonly error: string
  readonly errorSource: string
  readonly status: number
  /** Missing where Grafana made the result itself (DATA-308). */
  readonly frames: readonly Frame[] | undefined
}

/** Results by refId. */
export type Results = Readonly<Record<string, Result>>

/** What Grafana makes of an answer to QueryData before anything is sent on. */
export type ResultsReading =
  | { readonly kind: 'results'; readonly results: Results }
  /** One frame of one refId is enough (DATA-211). */
  | { readonly kind: 'undecodable'; readonly why: string }
  /** Columns of unequal length make Go panic in the middle of the request (DATA-211, FRAME-013). */
  | { readonly kind: 'panics' }

/** Reads an answer as sdk-go:backend/convert_from_protobuf.go does; these releases read Arrow whatever `format` says (DATA-208). */
export function readResults(
  profile: HostProfile,
  { responses }: Pick<QueryDataResponse, 'responses'>,
): ResultsReading {
  const results: [string, Result][] = []
  let fault: ResultsReading | undefined
  for (const [refId, response] of Object.entries(responses)) {
    const frames: Frame[] = []
    for (const bytes of response.frames) {
      const reading = readArrowFrame(bytes)
      if (reading.frame === undefined) fault ??= faultOf(reading)
      else frames.push(reading.frame)
    }
    const { error, status } = response
    const errorSource = sourceOf(profile, response.errorSource)
    results.push([refId, { error, errorSource, status: validStatus(status), frames }])
  }
  return fault ?? { kind: 'results', results: Object.fromEntries(results) }
}

/** Statuses outside 100 to 599 are read as 500 (DATA-301; sdk-go:backend/status.go). */
function validStatus(status: number): number {
  return status >= 100 && status <= 599 ? status : 500
}

function sourceOf(profile: HostProfile, source: string): string {
  if (errorHabits(profile).oddErrorSource === 'kept') return source
  return source === 'downstream' ? source : 'plugin'
}

function faultOf({ findings }: FrameReading): ResultsReading {
  const [first] = findings.filter(({ advice }) => advice !== true)
  if (first?.spec === 'FRAME-013' && first.where !== 'record batch') return { kind: 'panics' }
  return { kind: 'undecodable', why: first === undefined ? 'no frame' : `${first.where}: ${first.found}` }
}
