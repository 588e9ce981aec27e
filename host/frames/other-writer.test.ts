import {
  Bool,
  Field,
  Float64,
  Int32,
  Schema,
  Table,
  TimestampNanosecond,
  Utf8,
  tableToIPC,
  vectorFromArray,
} from 'apache-arrow'
import { expect, it } from 'vitest'

import { readArrowFrame } from './read-arrow.ts'

it('reads what another Arrow library wrote', () => {
  const columns = {
    time: vectorFromArray([1, 2], new TimestampNanosecond()),
    value: vectorFromArray([0.5, null], new Float64()),
    text: vectorFromArray(['a', 'ö'], new Utf8()),
    flag: vectorFromArray([true, null], new Bool()),
  }
  const reading = readArrowFrame(tableToIPC(new Table(columns), 'file'))
  expect(reading.findings).toEqual([])
  expect(reading.frame?.fields.map(({ name, type, values }) => ({ name, type, values }))).toEqual([
    { name: 'time', type: 'time', values: [1_000_000n, 2_000_000n] },
    { name: 'value', type: 'float64', values: [0.5, null] },
    { name: 'text', type: 'string', values: ['a', 'ö'] },
    { name: 'flag', type: 'bool', values: [true, null] },
  ])
})

it('refuses the dictionaries that the library infers for texts (trap T-5)', () => {
  const table = new Table({ text: vectorFromArray(['a', 'b']) })
  const reading = readArrowFrame(tableToIPC(table, 'file'))
  expect(reading.findings).toMatchObject([{ spec: 'FRAME-010', where: 'field "text"' }])
})

it('refuses the stream format (trap T-1)', () => {
  const table = new Table({ value: vectorFromArray([1], new Int32()) })
  const reading = readArrowFrame(tableToIPC(table, 'stream'))
  expect(reading.findings).toMatchObject([{ spec: 'FRAME-001' }])
  expect(reading.findings[0]?.found).toContain('stream format')
})

it('keeps the metadata that another library attached', () => {
  const metadata = new Map([['labels', '{"host":"a"}']])
  const schema = new Schema([new Field('v', new Int32(), true, metadata)], new Map([['name', 'n']]))
  const reading = readArrowFrame(
    tableToIPC(new Table(schema, { v: vectorFromArray([1], new Int32()) }), 'file'),
  )
  expect(reading.frame).toMatchObject({ name: 'n', fields: [{ labels: { host: 'a' } }] })
})

it('accepts a file without rows from another library', () => {
  const reading = readArrowFrame(tableToIPC(new Table({ v: vectorFromArray([], new Int32()) }), 'file'))
  expect(reading).toMatchObject({
    findings: [],
    frame: { fields: [{ name: 'v', type: 'int32', values: [] }] },
  })
})
