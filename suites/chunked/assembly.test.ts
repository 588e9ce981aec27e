import { create } from '@bufbuild/protobuf'
import { expect, test } from 'vitest'

import type { Frame } from '../../host/frames/frame.ts'
import { writeArrowFrame } from '../../host/frames/write-arrow.ts'
import { writeJsonFrame } from '../../host/frames/write-json.ts'
import { DataFrameFormat, QueryChunkedDataResponseSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { QueryChunkedDataResponse } from '../../proto/gen/grafana/backend_pb.js'
import { startAssembly } from './assembly.ts'

const { ARROW, JSON: TEXT } = DataFrameFormat

function numbers(...values: readonly number[]): Frame {
  return {
    name: 'numbers',
    refId: '',
    fields: [{ name: 'value', type: 'float64', nullable: false, values }],
  }
}

function message(
  frameId: string,
  frame: Uint8Array | string,
  format: DataFrameFormat,
): QueryChunkedDataResponse {
  return create(QueryChunkedDataResponseSchema, { refId: 'A', frameId, frame: Buffer.from(frame), format })
}

test('appends the rows of later pieces in either format', () => {
  for (const [format, later] of [
    [TEXT, '{"data":{"values":[[3]]}}'],
    [ARROW, writeArrowFrame(numbers(3))],
  ] as const) {
    const first = format === TEXT ? writeJsonFrame(numbers(1, 2)) : writeArrowFrame(numbers(1, 2))
    const assembly = startAssembly()
    expect(assembly.add(message('0', first, format))?.kind).toBe('first')
    expect(assembly.add(message('0', later, format))?.kind).toBe('following')
    expect(assembly.answers()?.get('A')).toEqual({ error: '', frames: [numbers(1, 2, 3)] })
  }
})

test('tells frames apart by their frameId, whatever the order of the pieces', () => {
  const assembly = startAssembly()
  for (const [frameId, value] of [
    ['0', 1],
    ['1', 10],
    ['0', 2],
  ] as const)
    assembly.add(message(frameId, writeArrowFrame(numbers(value)), ARROW))
  expect(assembly.answers()?.get('A')?.frames).toEqual([numbers(1, 2), numbers(10)])
})

test.each([
  ['a schema again', writeJsonFrame(numbers(1)), /the key "schema" too/],
  ['too many columns', '{"data":{"values":[[1],[2]]}}', /./],
  ['a value of another type', '{"data":{"values":[["x"]]}}', /./],
  ['no JSON', 'ARROW1', /no JSON object/],
])('refuses a later JSON piece with %s', (_, later, actual) => {
  const assembly = startAssembly()
  assembly.add(message('0', writeJsonFrame(numbers(1)), TEXT))
  const piece = assembly.add(message('0', later, TEXT))
  expect(piece).toMatchObject({ kind: 'misfit', actual: expect.stringMatching(actual) })
  expect(assembly.answers()).toBeUndefined()
})

test('refuses a later Arrow piece whose field has become nullable', () => {
  const [field] = numbers(1).fields
  const assembly = startAssembly()
  assembly.add(message('0', writeArrowFrame(numbers(1)), ARROW))
  const nullable = { ...numbers(), fields: field === undefined ? [] : [{ ...field, nullable: true }] }
  expect(assembly.add(message('0', writeArrowFrame(nullable), ARROW))).toMatchObject({
    kind: 'misfit',
    actual: 'value *float64',
  })
})

test('leaves a first piece that is no frame at all to other rules', () => {
  const assembly = startAssembly()
  expect(assembly.add(message('0', 'garbage', TEXT))?.kind).toBe('unreadable')
  expect(assembly.add(message('0', '{"data":{"values":[]}}', TEXT))?.kind).toBe('unreadable')
  expect(assembly.answers()).toBeUndefined()
})

test('keeps an error beside the frames that came before it', () => {
  const assembly = startAssembly()
  assembly.add(message('0', writeArrowFrame(numbers(1)), ARROW))
  assembly.add(create(QueryChunkedDataResponseSchema, { refId: 'A', error: 'away' }))
  expect(assembly.answers()?.get('A')).toEqual({ error: 'away', frames: [numbers(1)] })
})
