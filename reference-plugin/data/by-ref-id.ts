import type { DataQuery } from '../../proto/gen/grafana/backend_pb.js'

/** The queries by their refId; of two with the same one the later counts (DATA-109). */
export function byRefId(queries: readonly DataQuery[]): ReadonlyMap<string, DataQuery> {
  return new Map(queries.map((query) => [query.refId, query]))
}
