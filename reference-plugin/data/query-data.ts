import { create } from '@bufbuild/protobuf'

import { QueryDataResponseSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { QueryDataRequest, QueryDataResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { Call } from '../call.ts'
import { byRefId } from './by-ref-id.ts'
import { settleQuery } from './settle-query.ts'

/** Answers all queries side by side, exactly one response for each refId (DATA-201, DATA-202). */
export async function queryData(request: QueryDataRequest, call: Call): Promise<QueryDataResponse> {
  const entries = await Promise.all(
    [...byRefId(request.queries)].map(async ([refId, query]) => {
      const answer = await settleQuery(query, request, call)
      return [refId, call.behaviour.data.toDataResponse(answer, request.format, refId, call)] as const
    }),
  )
  const response = create(QueryDataResponseSchema)
  // fromEntries and not assignment, which would lose a refId called `__proto__`.
  response.responses = Object.fromEntries(entries)
  return response
}
