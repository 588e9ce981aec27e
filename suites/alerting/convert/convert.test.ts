import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Field, Frame } from '../../../host/frames/frame.ts'
import { arbitraryFrame } from '../../../host/frames/test-data/arbitrary-frame.ts'
import { contractTypes } from '../../dataplane/contract.ts'
import { column, times } from '../../dataplane/scripted/columns.ts'
import { setAnswers } from '../../dataplane/scripted/sets.ts'
import { convert } from './convert.ts'
import { sqlInput } from './sql.ts'

function frame(fields: readonly Field[], more: Partial<Frame> = {}): Frame {
  return { name: '', refId: '', fields, ...more }
}

function typed(type: string, fields: readonly Field[]): Frame {
  return frame(fields, { meta: { type, typeVersion: [0, 1] } })
}

/** What a conversion comes to, in one line. */
function outcome(...frames: readonly Frame[]): string {
  const conversion = convert(frames)
  switch (conversion.kind) {
    case 'no-data':
      return 'no data'
    case 'items':
      return `${conversion.items.length} ${conversion.of}`
    case 'refused':
      return conversion.text
    default:
      return conversion satisfies never
  }
}

const time = times('time', [0, 1])
const value = column('v', 'float64', [1, 2])
const text = column('host', 'string', ['a', 'b'])

describe('guesses', () => {
  test.each([
    ['nothing', [], 'no data'],
    ['a frame without fields (ALERT-003)', [frame([])], 'no data'],
    ['a time and two values', [frame([time, value, { ...value, name: 'w' }])], '2 series'],
    ['a table of numbers (ALERT-004)', [frame([text, value])], '2 numbers'],
    ['one column of numbers (ALERT-004)', [frame([value])], '2 numbers'],
    [
      'a text beside a time (ALERT-005)',
      [frame([time, text, value])],
      'input data must be a wide series but got type long (input refid)',
    ],
    [
      'a boolean beside a time (ALERT-005)',
      [frame([time, column('up', 'bool', [true, true]), value])],
      'input data must be a wide series but got type long (input refid)',
    ],
    [
      'two numbers (ALERT-005)',
      [frame([value, value])],
      'input data must be a wide series but got type not (input refid)',
    ],
    [
      'two tables of numbers (ALERT-005)',
      [frame([text, value]), frame([text, value])],
      'input data must be a wide series but got type not (input refid)',
    ],
    [
      'an empty frame beside a series (ALERT-005)',
      [frame([time, value]), frame([])],
      'input data must be a wide series but got type not (input refid)',
    ],
  ])('%s', (_, frames, expected) => {
    expect(outcome(...frames)).toBe(expected)
  })

  test('the name of the frame becomes that of its series (ALERT-009)', () => {
    expect(convert([frame([time, value], { name: 'response' })])).toMatchObject({
      items: [{ name: 'response' }],
    })
  })
})

describe('the contract', () => {
  test.each([
    ['wide', '2 series'],
    ['wide-of-booleans', '1 series'],
    ['multi', '2 series'],
    ['long', '2 series'],
    ['numeric-wide', '2 numbers'],
    ['numeric-multi', '2 numbers'],
    ['numeric-long', '2 numbers'],
    ['no-data', 'no data'],
    ['no-values', '1 series'],
  ])('%s', (refId, expected) => {
    expect(outcome(...(setAnswers[refId] ?? []))).toBe(expected)
  })

  test.each([
    [
      'no time (PLANE-012)',
      [typed('timeseries-wide', [{ ...time, nullable: true }, value])],
      'frame 0 is missing a []time.Time field',
    ],
    [
      'no value (PLANE-013)',
      [typed('timeseries-long', [time, text])],
      'frame is missing a numeric value field',
    ],
    [
      'no value in the second frame (PLANE-013)',
      [typed('timeseries-multi', [time, value]), typed('timeseries-multi', [time])],
      'frame 1 must have at least one value field but has 0',
    ],
    [
      'no fields in the second frame (PLANE-006)',
      [typed('timeseries-multi', [time, value]), typed('timeseries-multi', [])],
      'frame 1 has zero or null fields which is invalid when more than one frame',
    ],
    [
      'two types under one name (PLANE-004)',
      [typed('timeseries-long', [time, value, { ...value, nullable: true }])],
      'alert rule panic; please check the logs for the full stack',
    ],
    [
      'a stranger among numbers (PLANE-031)',
      [typed('numeric-multi', [value]), typed('table', [text])],
      'frame has wrong type, expected NumericMulti but got "table"',
    ],
    [
      'a frame without meta among numbers (PLANE-031)',
      [typed('numeric-multi', [value]), frame([text])],
      'alert rule panic; please check the logs for the full stack',
    ],
  ])('%s', (_, frames, expected) => {
    expect(outcome(...frames)).toBe(expected)
  })
})

describe('SQL expressions', () => {
  const labelled = { ...value, labels: { host: 'a' } }

  test.each([
    ['one frame without labels', [frame([time, text, value])], { kind: 'table' }],
    ['no fields', [frame([])], { kind: 'no-data' }],
    ['two frames', [frame([value]), frame([value])], { kind: 'refused' }],
    ['labels', [frame([time, labelled])], { kind: 'refused' }],
    [
      'a type at any version',
      [frame([time, labelled], { meta: { type: 'timeseries-wide' } })],
      { kind: 'converted', fault: undefined },
    ],
    [
      'two frames of a wide type',
      [typed('timeseries-wide', [time, value]), frame([value])],
      { kind: 'converted', fault: 'expected exactly one frame for wide format, but got 2' },
    ],
    [
      'a series without time',
      [typed('timeseries-multi', [value])],
      { kind: 'converted', fault: 'missing time field' },
    ],
    [
      'numbers in two rows',
      [typed('numeric-wide', [value])],
      { kind: 'converted', fault: 'expected no more than one row in the frame, but got 2' },
    ],
  ])('%s (ALERT-020, ALERT-021)', (_, frames, expected) => {
    expect(sqlInput(frames)).toMatchObject(expected)
  })
})

test('whatever is sent is converted or refused, without an exception', () => {
  const meta = fc.option(
    fc.record({ type: fc.constantFrom(...contractTypes, 'table'), typeVersion: fc.constant([0, 1]) }),
    { nil: undefined },
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(arbitraryFrame(), meta), { maxLength: 3 }), (drawn) => {
      const frames = drawn.map(([{ name, refId, fields }, declared]) => ({
        name,
        refId,
        fields,
        ...(declared === undefined ? {} : { meta: declared }),
      }))
      expect(['no-data', 'items', 'refused']).toContain(convert(frames).kind)
      expect(['no-data', 'table', 'converted', 'refused']).toContain(sqlInput(frames).kind)
    }),
  )
})
