import type { DataQuery } from '../../proto/gen/grafana/backend_pb.js'
import type { SeenAnswer } from './seen-frame.ts'

/** The time range of a query in milliseconds. */
export function queryRange({ timeRange }: DataQuery): SeenAnswer['range'] {
  if (timeRange === undefined) return undefined
  return { from: Number(timeRange.fromEpochMS), to: Number(timeRange.toEpochMS) }
}
