import { expect, it } from 'vitest'

import { encodeArrowFile } from './arrow-file.ts'
import type { ArrowType } from './arrow-type.ts'
import { scalar } from './flatbuffer-writer.ts'
import type { Field } from './frame.ts'
import { readArrowFrame } from './read-arrow.ts'
import {
  COUNT,
  JSON_COLUMN,
  VALUE,
  changed,
  int32s,
  none,
  text,
  withColumn,
  withData,
} from './test-data/broken-file.ts'
import { faults } from './test-data/broken-files.ts'
import { sampleFrame } from './test-data/sample-frame.ts'
import { writeArrowFrame } from './write-arrow.ts'

const good = writeArrowFrame(sampleFrame)

it.each(faults)('reports $what as $specs and nothing else', ({ bytes, specs, refused }) => {
  const reading = readArrowFrame(bytes)
  expect(reading.findings.map((finding) => finding.spec)).toEqual(specs)
  expect(reading.frame === undefined).toBe(refused)
})

const refusedTypes: readonly (readonly [name: string, type: ArrowType])[] = [
  ['NULL', { kind: 'raw', code: 1, slots: [] }],
  ['FLOAT16', { kind: 'raw', code: 3, slots: [] }],
  ['DECIMAL256', { kind: 'raw', code: 7, slots: [scalar(4, 3), scalar(4, 0), scalar(4, 256)] }],
  ['DATE32', { kind: 'raw', code: 8, slots: [scalar(2, 0)] }],
  ['DATE64', { kind: 'raw', code: 8, slots: [] }],
  ['TIME32', { kind: 'raw', code: 9, slots: [] }],
  ['TIME64', { kind: 'raw', code: 9, slots: [scalar(2, 3), scalar(4, 64)] }],
  ['INTERVAL_DAY_TIME', { kind: 'raw', code: 11, slots: [scalar(2, 1)] }],
  ['LIST', { kind: 'raw', code: 12, slots: [] }],
  ['STRUCT', { kind: 'raw', code: 13, slots: [] }],
  ['DENSE_UNION', { kind: 'raw', code: 14, slots: [scalar(2, 1)] }],
  ['DURATION', { kind: 'raw', code: 18, slots: [] }],
  ['LARGE_STRING', { kind: 'raw', code: 20, slots: [] }],
  ['RUN_END_ENCODED', { kind: 'raw', code: 22, slots: [] }],
  ['floating point precision 3', { kind: 'raw', code: 3, slots: [scalar(2, 3)] }],
  ['TIMESTAMP of unit 7', { kind: 'raw', code: 10, slots: [scalar(2, 7)] }],
  ['type number 99', { kind: 'raw', code: 99, slots: [] }],
]

it.each(refusedTypes)('refuses a column of type %s by its name in Go', (name, type) => {
  const reading = readArrowFrame(withColumn(COUNT, { type }))
  expect(reading.findings).toMatchObject([{ spec: 'FRAME-021', where: 'field "count"', found: name }])
  expect(reading.frame).toBeUndefined()
})

it('finds nothing in a frame of every kind of column, and gives it back', () => {
  expect(readArrowFrame(good)).toEqual({ frame: sampleFrame, findings: [] })
})

it('accepts a frame without fields', () => {
  const frame = { name: 'n', refId: 'A', fields: [] }
  expect(readArrowFrame(writeArrowFrame(frame))).toEqual({ frame, findings: [] })
})

it('accepts two fields of one name and keeps their labels and types apart', () => {
  const fields: Field[] = [
    { name: 'v', type: 'float64', nullable: false, labels: { a: '1' }, values: [1] },
    { name: 'v', type: 'string', nullable: false, labels: { a: '2' }, values: ['x'] },
  ]
  expect(readArrowFrame(writeArrowFrame({ name: '', refId: '', fields }))).toMatchObject({
    frame: { fields },
    findings: [],
  })
})

it('appends all batches of a file in their order', () => {
  const reading = readArrowFrame(
    changed((file) => ({ ...file, batches: [...file.batches, ...file.batches] })),
  )
  expect(reading.findings).toEqual([])
  expect(reading.frame?.fields[COUNT]?.values).toEqual([-5n, 7n, -5n, 7n])
})

it.each([
  [0, 'LZ4_FRAME'],
  [1, 'ZSTD'],
])(
  'accepts a body compressed with codec %i and says that it did not read the values',
  (compression, name) => {
    const reading = readArrowFrame(
      changed((file) => ({ ...file, batches: file.batches.map((batch) => ({ ...batch, compression })) })),
    )
    expect(reading.findings).toEqual([])
    expect(reading.frame?.fields.map((field) => field.values.length)).toEqual(sampleFrame.fields.map(() => 0))
    expect(reading.undecoded).toBe(`its record batches are compressed with ${name}`)
  },
)

it('reads nulls in a non-nullable column as the host does, from the buffer behind them', () => {
  expect(readArrowFrame(withColumn(VALUE, { nullable: false })).frame?.fields[VALUE]?.values).toEqual([
    1.5, 0,
  ])
})

it('blames nobody for what stands behind a null', () => {
  const reading = readArrowFrame(
    withData(JSON_COLUMN, { nullCount: 1, buffers: [Uint8Array.of(1), int32s(0, 2, 3), text('{}x')] }),
  )
  expect(reading.findings.map((finding) => finding.spec)).toEqual(['FRAME-023'])
})

it('does not decode values that take far more memory than their bytes', () => {
  const rows = 1 << 20
  const bools = { rows, nullCount: 0, buffers: [none, new Uint8Array(rows / 8)] }
  const columns = Array.from({ length: 12 }, (_, index) => ({
    name: `c${index}`,
    type: { kind: 'bool' as const },
    nullable: false,
    metadata: [],
  }))
  const schema = { bigEndian: false, metadata: [], columns }
  const reading = readArrowFrame(
    encodeArrowFile({ schema, batches: [{ rows, columns: columns.map(() => bools) }] }),
  )
  expect(reading.findings).toEqual([])
  expect(reading.undecoded).toBe('its values take more than ten times the memory of its bytes')
  expect(reading.frame?.fields[0]?.values).toEqual([])
})

it('is not kept busy by a footer that lists one wide batch very often', () => {
  const columns = Array.from({ length: 2_000 }, (_, index) => ({
    name: `c${index}`,
    type: { kind: 'bool' as const },
    nullable: false,
    metadata: [],
  }))
  const batch = { rows: 0, columns: columns.map(() => ({ rows: 0, nullCount: 0, buffers: [none, none] })) }
  const schema = { bigEndian: false, metadata: [], columns }
  const reading = readArrowFrame(encodeArrowFile({ schema, batches: [batch], listings: 50_000 }))
  expect(reading.undecoded).toBe('its values take more than ten times the memory of its bytes')
})

it('reads big-endian values and advises against them', () => {
  const columns = [
    {
      name: 'v',
      type: { kind: 'int' as const, bits: 32 as const, signed: true },
      nullable: false,
      metadata: [],
    },
  ]
  const batch = { rows: 1, columns: [{ rows: 1, nullCount: 0, buffers: [none, Uint8Array.of(0, 0, 1, 2)] }] }
  const reading = readArrowFrame(
    encodeArrowFile({ schema: { bigEndian: true, metadata: [], columns }, batches: [batch] }),
  )
  expect(reading.findings).toMatchObject([{ spec: 'FRAME-012', advice: true }])
  expect(reading.frame?.fields[0]?.values).toEqual([258])
})
