import { describe, expect, test } from 'vitest'

import type { Frame } from '../../../host/frames/frame.ts'
import { firstMissingPart } from './missing-parts.ts'
import { scriptedFrame } from './scripted-frames.ts'

const everyType = scriptedFrame('types')
const everyTypeNullable = scriptedFrame('nulls')
const labelledSeries = scriptedFrame('series')
const describedTable = scriptedFrame('table')

function changed(frame: Frame, change: Partial<Frame['fields'][number]>, index = 1): Frame {
  return {
    ...frame,
    fields: frame.fields.map((field, at) => (at === index ? { ...field, ...change } : field)),
  }
}

describe('what arrives', () => {
  test('may be the same', () => {
    const frames = [everyType, everyTypeNullable, labelledSeries, describedTable]
    expect(firstMissingPart(frames, structuredClone(frames))).toBeUndefined()
  })

  test('may have more metadata than was asked for', () => {
    const meta = { ...describedTable.meta, typeVersion: [0, 0] }
    expect(firstMissingPart([describedTable], [{ ...describedTable, meta }])).toBeUndefined()
    const config = { ...labelledSeries.fields[1]?.config, writeable: false }
    expect(firstMissingPart([labelledSeries], [changed(labelledSeries, { config })])).toBeUndefined()
  })

  test('may spell JSON in another way', () => {
    const index = everyType.fields.findIndex(({ type }) => type === 'json')
    const values = ['{ "a": [1, null] }', '"text"', '[ ]']
    expect(firstMissingPart([everyType], [changed(everyType, { values }, index)])).toBeUndefined()
  })

  test.each([
    ['no labels', changed(labelledSeries, { labels: {} })],
    ['another unit', changed(labelledSeries, { config: { ...labelledSeries.fields[1]?.config, unit: 's' } })],
    ['no config', changed(labelledSeries, { config: {} })],
    ['0 for null', changed(labelledSeries, { values: [1.5, 0, 3, 99.9] })],
    ['a row less', changed(labelledSeries, { values: [1.5, null, 3] })],
    ['another type', changed(labelledSeries, { type: 'float32' })],
    ['another name', { ...labelledSeries, name: '' }],
    ['a field less', { ...labelledSeries, fields: labelledSeries.fields.slice(1) }],
  ])('must not have %s', (_, got) => {
    expect(firstMissingPart([labelledSeries], [got])).toBeDefined()
  })

  test('must be all frames', () => {
    expect(firstMissingPart([everyType, everyType], [everyType])).toEqual({
      expected: '2 as the number of frames',
      actual: '1',
    })
  })
})
