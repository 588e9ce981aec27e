import { expect, it } from 'vitest'

import { describeFrame } from './describe.ts'
import type { Frame } from './frame.ts'
import { sampleFrame } from './test-data/sample-frame.ts'

const series: Frame = { ...sampleFrame, fields: sampleFrame.fields.slice(0, 2) }

it('shows names, labels, Go types and values', () => {
  expect(describeFrame(series)).toBe(
    [
      'Name: cpu',
      'Dimensions: 2 Fields by 2 Rows',
      '+--------------------------------+------------------+',
      '| Name: time                     | Name: value      |',
      '| Labels:                        | Labels: host=a   |',
      '| Type: []time.Time              | Type: []*float64 |',
      '+--------------------------------+------------------+',
      '| 2023-11-14T22:13:20.000000001Z | 1.5              |',
      '| 2023-11-14T22:14:20Z           | null             |',
      '+--------------------------------+------------------+',
      '',
    ].join('\n'),
  )
})

it('shows units where there are any', () => {
  const [time, value] = series.fields
  if (time === undefined || value === undefined) throw new Error('the sample has two fields')
  const lines = describeFrame({ ...series, fields: [time, { ...value, config: { unit: 'bytes' } }] }).split(
    '\n',
  )
  expect(lines[6]).toBe('| Unit:                          | Unit: bytes      |')
  expect(lines[7]).toMatch(/^\+-/u)
})

it('counts the rows that it leaves out', () => {
  const fields = [{ name: 'n', type: 'int8' as const, nullable: false, values: [1, 2, 3, 4, 5] }]
  const lines = describeFrame({ name: '', refId: '', fields }, { rows: 3 }).split('\n')
  expect(lines.slice(7, 10).map((line) => line.replaceAll(/[| ]+/gu, ' ').trim())).toEqual([
    '1',
    '2',
    '...+3 rows',
  ])
})

it('counts the fields that it leaves out and stays within the width', () => {
  const text = describeFrame(sampleFrame, { width: 70 })
  expect(text).toMatch(/\.\.\.\+\d fields/u)
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(70)
})

it('shows a frame without fields as its name and dimensions', () => {
  expect(describeFrame({ name: 'empty', refId: '', fields: [] })).toBe(
    'Name: empty\nDimensions: 0 Fields by 0 Rows\n',
  )
})

it('lets no control character of a plugin reach the terminal', () => {
  const fields = [{ name: '\u001b[2J', type: 'string' as const, nullable: false, values: ['a\nb'] }]
  const text = describeFrame({ name: '\u0007', refId: '', fields })
  expect(Array.from(text).filter((character) => character < ' ' && character !== '\n')).toEqual([])
  expect(text).toContain('a b')
})
