import { expect, test } from 'vitest'

import { decreasedCounters, parseExposition, type Family } from '../exposition.ts'

function families(text: string): readonly Family[] {
  return parseExposition(Buffer.from(text)).families
}

function distributions(count: number): string {
  return `# TYPE h histogram\nh_bucket{le="+Inf"} ${count}\nh_sum 1\nh_count ${count}\n# TYPE s summary\ns_sum 1\ns_count ${count}\n`
}

function others(value: number): string {
  return `# TYPE g gauge\ng ${value}\nu ${value}\n# TYPE s summary\ns{quantile="0.5"} ${value}\ns_sum ${value}\n# TYPE h histogram\nh_sum ${value}\n`
}

test('a counter that went down is found by its series', () => {
  const before = families('# TYPE a counter\na{y="1",x="2"} 5\na{x="3"} 1\n')
  const after = families('# TYPE a counter\na{x="2",y="1"} 4\na{x="3"} 1\n')
  expect(decreasedCounters(before, after)).toEqual([{ series: 'a{x="2",y="1"}', before: 5, after: 4 }])
})

test('buckets and counts are counters', () => {
  expect(
    decreasedCounters(families(distributions(2)), families(distributions(1))).map(({ series }) => series),
  ).toEqual(['h_bucket{le="+Inf"}', 'h_count', 's_count'])
})

test('gauges, sums, quantiles and untyped series may go down', () => {
  expect(decreasedCounters(families(others(2)), families(others(1)))).toEqual([])
})

test('a series that vanished, stayed or grew has not decreased', () => {
  const before = families('# TYPE a counter\na{x="1"} 1\na{x="2"} 1\na{x="3"} 1\na{x="4"} NaN\n')
  const after = families('# TYPE a counter\na{x="2"} 1\na{x="3"} 2\na{x="4"} 0\n')
  expect(decreasedCounters(before, after)).toEqual([])
})
