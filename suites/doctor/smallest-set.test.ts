import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { smallestSet } from './smallest-set.ts'

const names = fc.uniqueArray(fc.stringMatching(/^[A-Z]{1,6}$/), { minLength: 1, maxLength: 60 })

test('finds exactly the elements that are needed, when it may try often enough', async () => {
  await fc.assert(
    fc.asyncProperty(names, fc.infiniteStream(fc.boolean()), async (all, coins) => {
      const needed = all.filter(() => coins.next().value === true).slice(0, 3)
      const isEnough = (some: readonly string[]) =>
        Promise.resolve(needed.every((name) => some.includes(name)))
      const found = await smallestSet(all, isEnough, 10_000)
      if (needed.length > 0) expect([...found].sort()).toEqual([...needed].sort())
      else expect(found).toHaveLength(1)
    }),
  )
})

test('returns something that is enough also when it has to stop early', async () => {
  await fc.assert(
    fc.asyncProperty(names, fc.nat(20), async (all, tries) => {
      const needed = all.slice(-2)
      const isEnough = (some: readonly string[]) =>
        Promise.resolve(needed.every((name) => some.includes(name)))
      expect(await isEnough(await smallestSet(all, isEnough, tries))).toBe(true)
    }),
  )
})

test('finds one among a hundred with few tries', async () => {
  const all = Array.from({ length: 100 }, (_, index) => `VARIABLE_${index}`)
  let tries = 0
  const found = await smallestSet(
    all,
    (some) => {
      tries++
      return Promise.resolve(some.includes('VARIABLE_77'))
    },
    24,
  )
  expect(found).toEqual(['VARIABLE_77'])
  expect(tries).toBeLessThanOrEqual(24)
})
