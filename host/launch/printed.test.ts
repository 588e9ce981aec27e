import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { Printed } from './printed.ts'

const MIB = 1024 * 1024

test('a few lines are all kept, in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string(), { maxLength: 100 }),
      fc.constantFrom('oldest', 'newest'),
      (texts, keep) => {
        const printed = new Printed<string>(keep)
        for (const text of texts) printed.add(text, text.length)
        expect(printed.lines).toEqual(texts)
        expect(printed.count).toBe(texts.length)
      },
    ),
  )
})

test.each([
  ['oldest', 0],
  ['newest', 99_999],
] as const)('of a flood the %s lines are kept, and few megabytes', (keep, kept) => {
  const printed = new Printed<number>(keep)
  for (let number = 0; number < 100_000; number += 1) printed.add(number, 1_000)
  expect(printed.lines).toContain(kept)
  expect(printed.lines.length * 1_000).toBeGreaterThan(2 * MIB)
  expect(printed.lines.length * 1_000).toBeLessThan(9 * MIB)
  expect(printed.lines).toEqual(printed.lines.toSorted((one, other) => one - other))
  expect(printed.count).toBe(100_000)
})

test('empty lines fill it as well', () => {
  const printed = new Printed<string>('newest')
  for (let number = 0; number < 200_000; number += 1) printed.add('', 0)
  expect(printed.lines.length).toBeLessThan(50_000)
})
