import type { DataFrameFormat, DataQuery, DataResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { Plugin } from '../../host/launch/plugin.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import type { CaseContext } from '../kernel/case-context.ts'
import { showRefId } from './answer-map.ts'

/** Status code of a method that is not there. */
const UNIMPLEMENTED = 12

/** Longest piece of a plugin's text that a message repeats. */
const QUOTED_CHARACTERS = 200

/** What became of one query. */
export type QueryOutcome =
  | { readonly kind: 'succeeded'; readonly response: DataResponse }
  | { readonly kind: 'failed'; readonly response: DataResponse }
  /** The call was OK and has no response for the refId. */
  | { readonly kind: 'unanswered'; readonly refId: string }
  /** The call ended with a gRPC status other than OK. */
  | { readonly kind: 'call-failed'; readonly text: string }

/** Asks one query; a plugin without QueryData, a death and a timeout end the case. */
export async function askOne(
  t: CaseContext,
  plugin: Plugin,
  query: DataQuery,
  options: { readonly format?: DataFrameFormat } = {},
): Promise<QueryOutcome> {
  const result = await plugin.data.queryData({ pluginContext: t.context(), queries: [query], ...options })
  if (result.kind === 'failed' && result.code !== UNIMPLEMENTED)
    return { kind: 'call-failed', text: describeResult(result) }
  const response = t.answered(result).responses[query.refId]
  if (response === undefined) return { kind: 'unanswered', refId: query.refId }
  return { kind: response.error === '' ? 'succeeded' : 'failed', response }
}

/** One line about what became of a query. */
export function describeOutcome(outcome: QueryOutcome): string {
  switch (outcome.kind) {
    case 'succeeded':
      return `an answer without error, status ${outcome.response.status}, frames: ${outcome.response.frames.length}`
    case 'failed':
      return `the error "${outcome.response.error.slice(0, QUOTED_CHARACTERS)}"`
    case 'unanswered':
      return `no response for ${showRefId(outcome.refId)}`
    case 'call-failed':
      return `the whole call failed: ${outcome.text.slice(0, QUOTED_CHARACTERS)}`
    default:
      return outcome satisfies never
  }
}
