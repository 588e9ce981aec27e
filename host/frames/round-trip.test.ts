import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { compareFrames } from './compare.ts'
import type { Field } from './frame.ts'
import { readArrowFrame } from './read-arrow.ts'
import { readJsonFrame } from './read-json.ts'
import { arbitraryFrame } from './test-data/arbitrary-frame.ts'
import { asElsewhere, readElsewhere, valuesElsewhere } from './test-data/other-reader.ts'
import { sampleFrame } from './test-data/sample-frame.ts'
import { writeArrowFrame } from './write-arrow.ts'
import { writeJsonFrame } from './write-json.ts'

it('reads from Arrow exactly what it wrote, without a finding', () => {
  fc.assert(
    fc.property(arbitraryFrame(), (frame) => {
      const reading = readArrowFrame(writeArrowFrame(frame))
      expect(reading.findings).toEqual([])
      expect(reading.frame && compareFrames(frame, reading.frame)).toEqual([])
    }),
    { numRuns: 300 },
  )
})

it('reads from JSON exactly what it wrote, without a finding', () => {
  fc.assert(
    fc.property(arbitraryFrame(), (frame) => {
      const bytes = writeJsonFrame(frame)
      const reading = readJsonFrame(bytes)
      expect(Buffer.from(bytes).toString('utf8')).not.toMatch(/[\r\n]/u)
      expect(reading.findings).toEqual([])
      expect(reading.frame && compareFrames(frame, reading.frame)).toEqual([])
    }),
    { numRuns: 300 },
  )
})

it('writes what another Arrow library reads with equal names, labels and values', () => {
  fc.assert(
    fc.property(arbitraryFrame(), (frame) => {
      const table = readElsewhere(writeArrowFrame(frame))
      expect(table.schema.fields.map((field) => field.name)).toEqual(frame.fields.map((field) => field.name))
      expect(table.schema.fields.map((field) => field.nullable)).toEqual(
        frame.fields.map((field) => field.nullable),
      )
      for (const [index, field] of frame.fields.entries()) {
        const metadata = table.schema.fields[index]?.metadata
        expect(metadata?.get('labels')).toBe(field.labels && JSON.stringify(field.labels))
        expect(valuesElsewhere(table, index, field)).toEqual(
          field.values.map((value) => asElsewhere(field, value)),
        )
      }
    }),
    { numRuns: 200 },
  )
})

it('writes a frame without rows as a file without batches', () => {
  const empty = { ...sampleFrame, fields: sampleFrame.fields.map((field) => ({ ...field, values: [] })) }
  const table = readElsewhere(writeArrowFrame(empty))
  expect(table.numRows).toBe(0)
  expect(readArrowFrame(writeArrowFrame(empty)).frame).toEqual(empty)
})

it('refuses to write a value that its field cannot hold', () => {
  const field: Field = { name: 'v', type: 'uint8', nullable: false, values: [256] }
  expect(() => writeArrowFrame({ name: '', refId: '', fields: [field] })).toThrow(
    /row 0 of field "v", got number 256/u,
  )
})

it('refuses to write columns of unequal length', () => {
  const fields: Field[] = [
    { name: 'a', type: 'bool', nullable: false, values: [true] },
    { name: 'b', type: 'bool', nullable: false, values: [] },
  ]
  expect(() => writeArrowFrame({ name: '', refId: '', fields })).toThrow(/1 values in field "b".*got 0/u)
})
