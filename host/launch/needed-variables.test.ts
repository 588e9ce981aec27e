import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { neededVariables } from './needed-variables.ts'

/** A plugin that starts with these variables and not without any of them. */
const needing =
  (wanted: readonly string[]) =>
  (names: readonly string[]): Promise<boolean> =>
    Promise.resolve(wanted.every((name) => names.includes(name)))

const names = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 60 })

it('finds exactly what is needed, up to two of sixty', async () => {
  await fc.assert(
    fc.asyncProperty(names, fc.nat(), fc.nat(), async (all, one, other) => {
      const wanted = new Set([one, other].map((at) => all[at % all.length] ?? ''))
      const found = await neededVariables(all, needing([...wanted]))
      expect(new Set(found)).toEqual(wanted)
    }),
  )
})

it('gives up in time', async () => {
  const all = Array.from({ length: 60 }, (_, index) => `V${index}`)
  let starts = 0
  const found = await neededVariables(all, (some) => {
    starts++
    return needing(all)(some)
  })
  expect(found).toBeUndefined()
  expect(starts).toBeLessThan(30)
})

it('finds nothing where nothing is to be found', async () => {
  expect(await neededVariables([], needing([]))).toBeUndefined()
  expect(await neededVariables(['A', 'B'], () => Promise.resolve(false))).toBeUndefined()
})
