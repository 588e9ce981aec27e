import { assert, bigInt, oneof, property } from 'fast-check'
import { expect, test } from 'vitest'

import { timeGrid } from './time-grid.ts'

const int64 = bigInt(-(2n ** 63n), 2n ** 63n - 1n)
const nearToday = bigInt(-(10n ** 13n), 10n ** 13n)
const small = bigInt(-2n, 50_000n)

function grid(fromEpochMS: bigint, toEpochMS: bigint, intervalMS: bigint, maxDataPoints: bigint) {
  const timeRange = { $typeName: 'pluginv2.TimeRange', fromEpochMS, toEpochMS } as const
  return timeGrid({ timeRange, intervalMS, maxDataPoints })
}

test('whatever is asked, points ascend, lie in the range, fit 64 bits and are few', () => {
  const time = oneof(int64, nearToday)
  const number = oneof(int64, small)
  assert(
    property(time, time, number, number, (from, to, interval, points) => {
      const times = grid(from, to, interval, points)
      expect(times.length).toBeLessThanOrEqual(43_200)
      expect(times.every((at) => at >= from * 1_000_000n && at <= to * 1_000_000n)).toBe(true)
      expect(times.every((at) => BigInt.asIntN(64, at) === at)).toBe(true)
      expect(times.every((at, index) => index === 0 || at > (times[index - 1] ?? at))).toBe(true)
    }),
  )
})

test('an ordinary range has about as many points as fit', () => {
  expect(grid(0n, 3_600_000n, 1000n, 60n).length).toBeGreaterThan(55)
  expect(grid(0n, 3_600_000n, 1000n, 60n).length).toBeLessThanOrEqual(60)
})

test('a single instant is one point', () => {
  expect(grid(1234n, 1234n, 1000n, 60n)).toEqual([1_234_000_000n])
})

test('a refresh moves no point', () => {
  const [first = 0n, second = 0n] = grid(0n, 60_000n, 1000n, 10n)
  for (const at of grid(1234n, 61_234n, 1000n, 10n)) expect(at % (second - first)).toBe(0n)
})
