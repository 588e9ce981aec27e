import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { sameJson } from './same-json.ts'

test('the order of keys does not matter, the order of items does', () => {
  expect(sameJson({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true)
  expect(sameJson([1, 2], [2, 1])).toBe(false)
})

test.each([
  [null, {}],
  [[], {}],
  [{ a: 1 }, { a: 1, b: 2 }],
  [{ a: 1 }, { b: 1 }],
  ['1', 1],
])('%j and %j differ', (one, other) => {
  expect(sameJson(one, other)).toBe(false)
})

test('a value says the same after it was written and read', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => sameJson(value, JSON.parse(JSON.stringify(value)))))
})
