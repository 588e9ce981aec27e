import { expect, test } from 'vitest'

import { compareFrames } from '../../host/frames/compare.ts'
import type { Field, Frame } from '../../host/frames/frame.ts'
import { comparableFrame } from './comparable-frame.ts'

const field: Field = { name: 'value', type: 'float64', nullable: false, values: [1] }
const frame: Frame = { name: '', refId: '', fields: [field] }

function differences(other: Frame): readonly string[] {
  return compareFrames(comparableFrame(frame, 'A'), comparableFrame(other, 'A'))
}

test('takes what is empty for what is absent', () => {
  const fields = [{ ...field, labels: {}, config: {}, nullable: true }]
  expect(differences({ ...frame, refId: 'A', meta: { notices: [] }, fields })).toEqual([])
})

test('sees another value, label, type of data and refId', () => {
  expect(differences({ ...frame, fields: [{ ...field, values: [2] }] })).toHaveLength(1)
  expect(differences({ ...frame, fields: [{ ...field, labels: { host: 'a' } }] })).toHaveLength(1)
  expect(differences({ ...frame, meta: { type: 'table' } })).toHaveLength(1)
  expect(differences({ ...frame, refId: 'B' })).toHaveLength(1)
})
