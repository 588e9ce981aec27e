import { expect, test } from 'vitest'

import { framePart, rowsFault } from './frame-part.ts'

test.each([
  ['a number', 5],
  ['null', null],
  ['a list', [1]],
  ['an object of its own', { data: 'hello' }],
  ['values that are no columns', { data: { values: [1, 2] } }],
])('%s is no frame packet', (_, value) => {
  expect(framePart(value)).toBeUndefined()
})

test('schema and rows are read from one packet', () => {
  const value = { schema: { fields: [{ name: 'a' }, { name: 'b' }] }, data: { values: [[1], [2]] } }
  expect(framePart(value)).toEqual({ columns: 2, rows: [1, 1] })
})

test('a packet whose columns are all empty has no rows, because the browser skips it', () => {
  expect(framePart({ data: { values: [[], []] } })).toEqual({ columns: undefined, rows: [] })
})

test('rows that fit the schema have no fault', () => {
  expect(rowsFault(2, [3, 3])).toBeUndefined()
})

test('a missing column is named', () => {
  expect(rowsFault(2, [3])).toEqual({
    expected: 'rows of 2 columns, as in the schema',
    actual: 'rows of 1 columns',
  })
})

test('columns of different length are named', () => {
  expect(rowsFault(2, [3, 2])?.actual).toBe('columns of 3, 2 values')
})
