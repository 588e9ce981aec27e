import type { Family, Sample } from './family.ts'
import { seriesName } from './series-name.ts'

/** A series that must only grow and shrank between two scrapes. */
export interface DecreasedCounter {
  readonly series: string
  readonly before: number
  readonly after: number
}

/**
 * Finds the counters that went down between two scrapes of one process (METRICS-008).
 *
 * Buckets and `_count` of histograms and `_count` of summaries are counters too; a `_sum` is none, for observations may be negative. A series
 * that vanished has not decreased.
 */
export function decreasedCounters(
  before: readonly Family[],
  after: readonly Family[],
): readonly DecreasedCounter[] {
  const later = counterValues(after)
  return [...counterValues(before)].flatMap(([series, value]) => {
    const now = later.get(series)
    return now !== undefined && now < value ? [{ series, before: value, after: now }] : []
  })
}

function counterValues(families: readonly Family[]): ReadonlyMap<string, number> {
  return new Map(
    families.flatMap((family) =>
      family.samples
        .filter((sample) => isCounter(family, sample))
        .map((sample) => [seriesName(sample), sample.value] as const),
    ),
  )
}

function isCounter({ name, type }: Family, sample: Sample): boolean {
  switch (type) {
    case 'counter':
      return true
    case 'histogram':
      return sample.name === `${name}_bucket` || sample.name === `${name}_count`
    case 'summary':
      return sample.name === `${name}_count`
    case 'gauge':
    case 'untyped':
      return false
    default:
      return type satisfies never
  }
}
