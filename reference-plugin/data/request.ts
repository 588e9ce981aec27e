import type { QueryChunkedDataRequest, QueryDataRequest } from '../../proto/gen/grafana/backend_pb.js'

/** The two requests that carry queries; their shapes are identical (wire.md 2.3). */
export type AnyQueryRequest = QueryDataRequest | QueryChunkedDataRequest
