import { expect, test } from 'vitest'

import type { Frame } from '../../host/frames/frame.ts'
import { column, times } from '../dataplane/scripted/columns.ts'
import { repeatedLabels } from './repeated-labels.ts'

const time = times('time', [0])

function untyped(...labels: readonly Record<string, string>[]): Frame {
  const values = labels.map((one, index) => column(`v${index}`, 'float64', [1], one))
  return { name: '', refId: '', fields: [time, ...values] }
}

test('names do not tell items apart (ALERT-010)', () => {
  expect(repeatedLabels([untyped({}, {})], 'x')).toMatchObject([
    { found: expect.stringContaining('has duplicate results with labels {}') },
  ])
})

test('the order of labels does not matter (ALERT-010)', () => {
  expect(repeatedLabels([untyped({ a: '1', b: '2' }, { b: '2', a: '1' })], 'x')).toHaveLength(1)
  expect(repeatedLabels([untyped({ a: '1' }, { a: '2' })], 'x')).toEqual([])
})

test('one item is told apart from nothing', () => {
  expect(repeatedLabels([untyped({})], 'x')).toBeUndefined()
})

test('Grafana labels the untyped series of some plugins itself (ALERT-010)', () => {
  expect(repeatedLabels([untyped({}, {})], 'graphite')).toBeUndefined()
})

test('every value field of a long type is an item of each of its dimensions (ALERT-010)', () => {
  const fields = [
    time,
    column('host', 'string', ['a']),
    column('cpu', 'float64', [1]),
    column('memory', 'float64', [1]),
  ]
  const meta = { type: 'timeseries-long', typeVersion: [0, 1] }
  expect(repeatedLabels([{ name: '', refId: '', meta, fields }], 'x')).toHaveLength(1)
})
