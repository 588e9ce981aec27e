import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { describeLimit, findLargest } from './largest.ts'

const KIB = 1024
const MIB = 1024 * KIB

test('the largest size that works is found to within 64 KiB, with few attempts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 64 * KIB, max: 15 * MIB }), async (limit) => {
      let attempts = 0
      const found = await findLargest(15 * MIB + 1, async (bytes) => {
        attempts += 1
        return bytes <= limit
      })
      expect(found).toBeLessThanOrEqual(limit)
      expect(found).toBeGreaterThanOrEqual(limit - 64 * KIB - 1)
      expect(attempts).toBeLessThan(16)
    }),
  )
})

test('a plugin that takes nothing has no largest size', async () => {
  expect(await findLargest(15 * MIB, async () => false)).toBeUndefined()
})

test.each([
  [4 * MIB, "4 MiB, gRPC's default"],
  [4 * MIB - 300, "4 MiB, gRPC's default"],
  [1.5 * MIB, 'about 1.5 MiB'],
  [16 * MIB - 158, '16 MiB'],
])('%i bytes are called by the name of the limit behind them', (bytes, name) => {
  expect(describeLimit(bytes)).toBe(name)
})
