import type { DataQuery, DataResponse } from '../../proto/gen/grafana/backend_pb.js'

/** The refIds that were asked for and not answered, and those answered but not asked for. */
export interface RefIdDifference {
  readonly missing: readonly string[]
  readonly unasked: readonly string[]
}

/** Prefix of the one extra response that a plugin may add when it captures HTTP traffic (CTX-208). */
const HAR_PREFIX = '__har__'

/** Compares what was asked with what was answered (DATA-201, DATA-202). */
export function refIdDifference(
  queries: readonly DataQuery[],
  responses: Readonly<Record<string, DataResponse>>,
): RefIdDifference {
  const asked = queries.map((query) => query.refId)
  const answered = Object.keys(responses)
  return {
    missing: asked.filter((refId) => !answered.includes(refId)),
    unasked: answered.filter((refId) => !asked.includes(refId) && !refId.startsWith(HAR_PREFIX)),
  }
}

/** `responses for A, B`, or `no response` when there is none. */
export function listRefIds(refIds: readonly string[]): string {
  return refIds.length === 0
    ? 'no response'
    : `responses for ${refIds.map((refId) => showRefId(refId)).join(', ')}`
}

/** A refId in one line of a message: an empty one in quotes, a long one cut. */
export function showRefId(refId: string): string {
  if (refId === '') return '""'
  return refId.length > 24 ? `${refId.slice(0, 20)}… (${refId.length} characters)` : refId
}
