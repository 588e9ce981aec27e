import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { compareFrames } from './compare.ts'
import { readArrowFrame } from './read-arrow.ts'
import { sampleFrame } from './test-data/sample-frame.ts'
import { writeArrowFrame } from './write-arrow.ts'

const good = writeArrowFrame(sampleFrame)
const places = Array.from(good.keys())

/** Bytes of the record batch's body, where damage may be just another value. */
function isValue(at: number): boolean {
  const file = Buffer.from(good)
  const mark = Buffer.of(0xff, 0xff, 0xff, 0xff)
  const batch = file.indexOf(mark, 12)
  const body = batch + 8 + file.readInt32LE(batch + 4)
  return at >= body && at < file.lastIndexOf(Buffer.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0))
}

it('gives the same frame or a finding whichever byte outside of the values is inverted', () => {
  const silent = places.filter((at) => {
    const reading = readArrowFrame(inverted(at))
    if (isValue(at) || reading.findings.length > 0) return false
    return reading.frame === undefined || compareFrames(sampleFrame, reading.frame).length > 0
  })
  expect(silent).toEqual([])
})

it('gives a frame whenever it refuses nothing, wherever a file is cut', () => {
  for (const length of places) {
    const reading = readArrowFrame(good.slice(0, length))
    expect(reading.frame).toBeUndefined()
    expect(reading.findings).toHaveLength(1)
  }
})

it('survives 2,000 random mutations and explains every frame that it refuses', () => {
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

it('explains why any bytes are no frame', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(readArrowFrame(bytes)).toMatchObject({ frame: undefined, findings: [{}] })
    }),
  )
})

function inverted(at: number): Uint8Array {
  const copy = good.slice()
  copy[at] = ~(copy[at] ?? 0)
  return copy
}
