import { describe, expect, test } from 'vitest'

import type { Field, Frame } from '../../host/frames/frame.ts'
import { writeArrowFrame } from '../../host/frames/write-arrow.ts'
import { writeJsonFrame } from '../../host/frames/write-json.ts'
import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'
import { judgeAnswer } from './judge-answer.ts'
import { readFrame } from './read-frame.ts'
import { scriptedAnswers } from './scripted/scripted-frames.ts'

const range = { from: 1_700_000_000_000, to: 1_700_003_600_000 }
const time: Field = { name: 'time', type: 'time', nullable: false, values: [1_700_000_000_000_000_000n] }
const value: Field = { name: 'value', type: 'float64', nullable: false, values: [1] }

function frame(fields: readonly Field[], more: Partial<Frame> = {}): Frame {
  return { name: '', refId: '', fields, ...more }
}

function specs(frames: readonly Frame[], more: { whole?: boolean; range?: typeof range } = {}): string[] {
  const seen = frames.map((one) => readFrame(writeArrowFrame(one), DataFrameFormat.ARROW))
  return judgeAnswer({ refId: 'A', range, whole: true, ...more, frames: seen }).map(({ spec }) => spec)
}

describe('known frames', () => {
  test.each(Object.entries(scriptedAnswers))('%s are faultless in both formats', (refId, frames) => {
    const arrow = frames.map((one) => readFrame(writeArrowFrame(one), DataFrameFormat.ARROW))
    const json = frames.map((one) => readFrame(writeJsonFrame(one), DataFrameFormat.JSON))
    expect(judgeAnswer({ refId, range, whole: true, frames: arrow })).toEqual([])
    expect(judgeAnswer({ refId, range, whole: true, frames: json })).toEqual([])
  })
})

describe('a nullable time column without nulls', () => {
  const nullable = { ...time, nullable: true }

  test('is found in an untyped frame', () => {
    expect(specs([frame([nullable, value])])).toEqual(['FRAME-025'])
  })

  test('is left to the contract where a time series type with a version is declared', () => {
    expect(
      specs([frame([nullable, value], { meta: { type: 'timeseries-wide', typeVersion: [0, 1] } })]),
    ).toEqual([])
    expect(
      specs([frame([nullable, value], { meta: { type: 'timeseries-wide', typeVersion: [0, 0] } })]),
    ).toEqual(['FRAME-025'])
  })

  test('is no finding in a piece, which can not tell, nor without rows', () => {
    expect(specs([frame([nullable, value])], { whole: false })).toEqual([])
    expect(specs([frame([{ ...nullable, values: [] }])])).toEqual([])
  })

  test('is no finding behind another time column', () => {
    expect(specs([frame([time, { ...nullable, name: 'until' }])])).toEqual([])
  })
})

describe('labels of a time column', () => {
  test('are found, with rows or without (META-031)', () => {
    const labelled = { ...time, labels: { host: 'a' } }
    expect(specs([frame([labelled, value])])).toEqual(['META-031'])
    expect(
      specs([
        frame([
          { ...labelled, values: [] },
          { ...value, values: [] },
        ]),
      ]),
    ).toEqual(['META-031'])
  })
})

describe('a column that is mostly NaN', () => {
  const sleepy = { ...value, nullable: true, values: [NaN, NaN, NaN, 1] }

  test('is noted (FRAME-038)', () => {
    expect(specs([frame([sleepy])])).toEqual(['FRAME-038'])
  })

  test.each([
    ['half of it is measured', [NaN, NaN, 2, 1]],
    ['it has nulls, too', [NaN, NaN, NaN, null]],
    ['it is short', [NaN, NaN, NaN]],
  ])('is no finding when %s (FRAME-038)', (_, values) => {
    expect(specs([frame([{ ...sleepy, values }])])).toEqual([])
  })

  test('is no finding in a piece (FRAME-038)', () => {
    expect(specs([frame([sleepy])], { whole: false })).toEqual([])
  })
})

describe('instants of January 1970', () => {
  const old = { ...time, values: [1_700_000_000_000n] }

  test('are found when another time was asked for', () => {
    expect(specs([frame([old, value])])).toEqual(['FRAME-027'])
  })

  test('are fine when they were asked for, or stand beside others', () => {
    expect(specs([frame([old, value])], { range: { from: 0, to: 1_000_000_000 } })).toEqual([])
    const mixed = { ...time, values: [0n, 1_700_000_000_000_000_000n] }
    expect(specs([frame([mixed, { ...value, values: [1, 2] }])])).toEqual([])
  })
})

describe('instants of another era', () => {
  const far = { ...time, values: [BigInt(Date.UTC(1715)) * 1_000_000n] }

  test('are found when this era was asked for', () => {
    expect(specs([frame([far, value])])).toEqual(['FRAME-029'])
  })

  test('are fine when the range of the query lies outside of it', () => {
    const asked = { from: Date.UTC(2300), to: Date.UTC(2301) }
    expect(specs([frame([far, value])], { range: asked })).toEqual([])
  })
})

describe('fields of one name', () => {
  test('are told apart by labels, whatever their order', () => {
    const a = { ...value, labels: { x: '1', y: '2' } }
    expect(specs([frame([time, a, { ...value, labels: { x: '1', y: '3' } }])])).toEqual([])
    expect(specs([frame([time, a, { ...value, labels: { y: '2', x: '1' } }])])).toEqual(['FRAME-039'])
  })

  test('are told apart by the name that the data source shows', () => {
    const a = { ...value, config: { displayNameFromDS: 'a' } }
    expect(specs([frame([time, a, { ...value, config: { displayNameFromDS: 'b' } }])])).toEqual([])
  })

  test('may stand in several frames when the frames have names, or hold no series', () => {
    expect(specs([frame([time, value], { name: 'a' }), frame([time, value], { name: 'b' })])).toEqual([])
    expect(specs([frame([time, value]), frame([time, value])])).toEqual(['FRAME-039'])
    const text: Field = { name: 'text', type: 'string', nullable: false, values: ['x'] }
    expect(specs([frame([text]), frame([text])])).toEqual([])
  })
})

describe('metadata', () => {
  const table: Field = { name: 'id', type: 'string', nullable: false, values: ['a'] }

  test.each([
    ['META-013', { notices: [{ text: 'x', link: 'not an address' }] }],
    ['META-013', { notices: [{}] }],
    ['META-014', { stats: [{ displayName: 'x' }] }],
    ['META-014', { stats: [{ value: 1 }] }],
    ['META-015', { preferredVisualisationType: 'nodegraph' }],
    ['META-017', { dataTopic: 'Annotations' }],
    ['META-018', { uniqueRowIdFields: [0, 0] }],
    ['META-018', { uniqueRowIdFields: [-1] }],
  ])('is judged by %s: %j', (spec, meta) => {
    expect(specs([frame([table], { meta })])).toContain(spec)
  })

  test.each([
    {
      notices: [
        { text: 'x', link: '/d/abc' },
        { text: 'y', severity: 'info' },
      ],
    },
    { preferredVisualisationType: 'rawPrometheus', dataTopic: 'annotations', uniqueRowIdFields: [] },
    { stats: [{ displayName: 'x', value: 0, unit: 'ms' }] },
  ])('may say %j', (meta) => {
    expect(specs([frame([table], { meta })])).toEqual([])
  })

  test.each([
    [{ mode: 'absolute', steps: [{ value: 1 }] }],
    [{ mode: 'relative', steps: [{ value: null }] }],
    [{ mode: 'absolute', steps: [{ value: null }, { value: 2 }, { value: 1 }] }],
    [{ mode: 'absolute', steps: [{ value: null }, { value: null }] }],
  ])('has thresholds out of order: %j', (thresholds) => {
    expect(new Set(specs([frame([{ ...table, config: { thresholds } }])]))).toEqual(new Set(['META-037']))
  })

  test('may have percentages, equal steps and no steps', () => {
    const steps = [{ value: null }, { value: 1 }, { value: 1 }]
    const config = { thresholds: { mode: 'percentage', steps } }
    expect(specs([frame([{ ...table, config }])])).toEqual([])
    expect(specs([frame([{ ...table, config: { thresholds: { mode: 'absolute', steps: [] } } }])])).toEqual(
      [],
    )
  })
})

describe('a refId', () => {
  test('is empty or that of the query', () => {
    expect(specs([frame([value], { refId: 'A' })])).toEqual([])
    expect(specs([frame([value], { refId: 'B' })])).toEqual(['DATA-203'])
  })
})

test('a format that nobody knows is found before anything is read', () => {
  const [format] = [7] as unknown as readonly DataFrameFormat[]
  const seen = readFrame(writeArrowFrame(frame([value])), format ?? DataFrameFormat.ARROW)
  expect(seen.findings.map(({ spec }) => spec)).toEqual(['FRAME-017'])
})
