import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { compareFrames } from './compare.ts'
import type { Frame } from './frame.ts'
import { readArrowFrame } from './read-arrow.ts'
import { asElsewhere, readElsewhere, valuesElsewhere } from './test-data/other-reader.ts'
import { sampleFrame } from './test-data/sample-frame.ts'
import { writeArrowFrame } from './write-arrow.ts'

function foreign(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../fixtures/frames/foreign/${name}.arrow`, import.meta.url)))
}

const good = writeArrowFrame(sampleFrame)
const files: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ['the sample', good],
  ...['py-metadata', 'py-string-slice', 'py-bool', 'py-two-batches', 'go-int64', 'go-string'].map(
    (name) => [name, foreign(name)] as const,
  ),
]

describe('a file of which one byte is inverted', () => {
  it.each(files)('has the same values, those that another library reads, or a finding: %s', (_, bytes) => {
    const { frame } = readArrowFrame(bytes)
    expect(frame).toBeDefined()
    const fooled = Array.from(bytes.keys()).filter((at) => {
      const damaged = inverted(bytes, at)
      const reading = readArrowFrame(damaged)
      if (reading.frame === undefined) return reading.findings.length === 0
      if (reading.findings.length > 0 || frame === undefined) return false
      return compareFrames(frame, reading.frame).length > 0 && !isReadElsewhere(reading.frame, damaged)
    })
    expect(fooled).toEqual([])
  })
})

describe('a damaged file', () => {
  it('is refused with one finding wherever it is cut', () => {
    for (const length of good.keys()) {
      const reading = readArrowFrame(good.slice(0, length))
      expect(reading.frame).toBeUndefined()
      expect(reading.findings).toHaveLength(1)
    }
  })

  it('is explained when it is refused, in 2,000 random mutations (`npm run fuzz` makes 150,000)', () => {
    const change = fc.tuple(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 }))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const bytes = good.slice()
        for (const [at, value] of changes) bytes[at] = value
        const reading = readArrowFrame(bytes)
        expect(reading.frame !== undefined || reading.findings.length > 0).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is explained when it is any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(readArrowFrame(bytes)).toMatchObject({ frame: undefined, findings: [{}] })
      }),
    )
  })
})

function inverted(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice()
  copy[at] = ~(copy[at] ?? 0)
  return copy
}

/** Says whether another library reads these values, too: then the byte was one of a value. */
function isReadElsewhere(frame: Frame, bytes: Uint8Array): boolean {
  const table = readElsewhere(bytes)
  return frame.fields.every((field, index) =>
    isDeepStrictEqual(
      valuesElsewhere(table, index, field),
      field.values.map((value) => asElsewhere(field, value)),
    ),
  )
}
