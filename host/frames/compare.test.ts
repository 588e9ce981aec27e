import { expect, it } from 'vitest'

import { compareFrames } from './compare.ts'
import type { Field, FieldValue, Frame } from './frame.ts'
import { sampleFrame } from './test-data/sample-frame.ts'

function withValues(type: Field['type'], ...values: readonly FieldValue[]): Frame {
  return { name: '', refId: '', fields: [{ name: 'v', type, nullable: true, values }] }
}

it('finds a frame equal to itself', () => {
  expect(compareFrames(sampleFrame, structuredClone(sampleFrame))).toEqual([])
})

it('names the first row that differs', () => {
  expect(compareFrames(withValues('int64', 1n, 2n, 3n), withValues('int64', 1n, 5n, 6n))).toEqual([
    'field "v" row 1: 2 and 5',
  ])
})

it('names differences of metadata, types and lengths', () => {
  const other = { ...withValues('string', 'a'), name: 'n', meta: {} }
  expect(compareFrames(withValues('json'), other)).toEqual([
    'name: "" and "n"',
    'meta: nothing and {}',
    'field "v" type: "json" and "string"',
    'field "v" number of values: 0 and 1',
  ])
})

it('compares numbers as they are and JSON by its meaning', () => {
  expect(compareFrames(withValues('float64', NaN), withValues('float64', NaN))).toEqual([])
  expect(compareFrames(withValues('float64', 0), withValues('float64', -0))).toEqual([
    'field "v" row 0: 0 and -0',
  ])
  expect(compareFrames(withValues('float64', 0), withValues('float64', null))).toEqual([
    'field "v" row 0: 0 and null',
  ])
  expect(compareFrames(withValues('json', '{ "a": 1 }'), withValues('json', '{"a":1}'))).toEqual([])
  expect(compareFrames(withValues('json', '{ "a": 1.0 }'), withValues('json', '{"a":1}'))).toHaveLength(1)
})
