import type { DataQuery } from '../../proto/gen/grafana/backend_pb.js'
import type { Call } from '../call.ts'
import { shortText } from '../transport/short-text.ts'
import type { Answer } from './answer.ts'
import { failedAnswer } from './failed-answer.ts'
import type { AnyQueryRequest } from './request.ts'

/** Answers one query; whatever goes wrong in it is the error of that query alone (DATA-204), unless the whole call is over. */
export async function settleQuery(query: DataQuery, request: AnyQueryRequest, call: Call): Promise<Answer> {
  try {
    return await call.behaviour.data.answerQuery(query, request, call)
  } catch (error) {
    if (call.signal.aborted) throw error
    call.log.error('Query failed', { refId: query.refId.slice(0, 100), error: shortText(error) })
    return failedAnswer(`The plugin failed: ${shortText(error)}`, { status: 500, source: 'plugin' })
  }
}
