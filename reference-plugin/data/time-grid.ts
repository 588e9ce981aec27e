import type { DataQuery } from '../../proto/gen/grafana/backend_pb.js'

/** Times of a query's points in nanoseconds since 1970, ascending, possibly none. */
export type TimeGrid = readonly bigint[]

const NS_PER_MS = 1_000_000n
/** The plugin has data from 1900 to 2200, well inside what 64 bits of nanoseconds can name (FRAME-029). */
const FIRST_MS = BigInt(Date.UTC(1900, 0))
const LAST_MS = BigInt(Date.UTC(2200, 0))
/** What Grafana sends where the query says nothing (DATA-102). */
const DEFAULT_POINTS = 100n
const DEFAULT_INTERVAL_MS = 1000n
/** Grafana's own largest width is 43200 (DATA-105). */
const MAX_POINTS = 43_200n

/**
 * The points between `from` and `to` that a query asks for, aligned to its step so that a refresh moves no point.
 *
 * Any numbers will do: a range that is empty, backwards or beyond what the plugin has data for has no points (DATA-105).
 */
export function timeGrid(query: Pick<DataQuery, 'timeRange' | 'intervalMS' | 'maxDataPoints'>): TimeGrid {
  const from = max(query.timeRange?.fromEpochMS ?? 0n, FIRST_MS)
  const to = min(query.timeRange?.toEpochMS ?? 0n, LAST_MS)
  if (from > to) return []

  const points = query.maxDataPoints > 0n ? min(query.maxDataPoints, MAX_POINTS) : DEFAULT_POINTS
  const interval = query.intervalMS > 0n ? query.intervalMS : DEFAULT_INTERVAL_MS
  const step = max(interval, (to - from) / points + 1n)

  const grid: bigint[] = []
  for (let at = alignUp(from, step); at <= to; at += step) grid.push(at * NS_PER_MS)
  // A range shorter than a step still has something to show.
  return grid.length > 0 ? grid : [from * NS_PER_MS]
}

function alignUp(value: bigint, step: bigint): bigint {
  const rest = value % step
  if (rest === 0n) return value
  return rest > 0n ? value - rest + step : value - rest
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
