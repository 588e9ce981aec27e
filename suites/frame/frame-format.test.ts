import { expect, test } from 'vitest'

import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'
import { formatFault } from './frame-format.ts'

const arrow = Buffer.from('ARROW1\0\0')
const json = Buffer.from(' {"schema":{}}')

test('accepts frames in the format that is declared, and a declaration without frames', () => {
  expect(formatFault(DataFrameFormat.ARROW, [arrow, arrow])).toBeUndefined()
  expect(formatFault(DataFrameFormat.JSON, [json])).toBeUndefined()
  expect(formatFault(DataFrameFormat.JSON, [])).toBeUndefined()
})

test('leaves bytes that are neither format to the rules about frames', () => {
  expect(formatFault(DataFrameFormat.ARROW, [new Uint8Array()])).toBeUndefined()
  expect(formatFault(DataFrameFormat.JSON, [Buffer.from('null')])).toBeUndefined()
})

test('finds frames in the other format', () => {
  expect(formatFault(DataFrameFormat.JSON, [json, arrow])?.actual).toBe('frame 1 begins like ARROW (0)')
  expect(formatFault(DataFrameFormat.ARROW, [json])?.actual).toBe('frame 0 begins like JSON (1)')
})

test('finds a number that no host knows, with frames or without', () => {
  expect(formatFault(7, [])?.actual).toBe('format 7')
})
