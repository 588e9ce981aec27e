import type { QueryChunkedDataRequest, QueryChunkedDataResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { Call } from '../call.ts'
import { byRefId } from './by-ref-id.ts'
import { settleQuery } from './settle-query.ts'

/** The same answers as QueryData, sent query by query as they are ready (CHUNK-113, CHUNK-114). */
export async function* queryChunkedData(
  request: QueryChunkedDataRequest,
  call: Call,
): AsyncGenerator<QueryChunkedDataResponse> {
  for (const [refId, query] of byRefId(request.queries)) {
    const answer = await settleQuery(query, request, call)
    yield* call.behaviour.data.toChunks(answer, request.format, refId, call)
  }
}
