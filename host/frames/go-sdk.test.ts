import { readFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import { compareFrames } from './compare.ts'
import type { Frame } from './frame.ts'
import { readArrowFrame } from './read-arrow.ts'
import type { FrameReading } from './read-arrow.ts'
import { readJsonFrame } from './read-json.ts'
import { writeArrowFrame } from './write-arrow.ts'
import { writeJsonFrame } from './write-json.ts'

// The same frame in both formats, with every field type, as the Go SDK wrote it.
const arrow = decoded(readArrowFrame(golden('arrow')))
const json = decoded(readJsonFrame(golden('json')))

function golden(extension: string): Uint8Array {
  return readFileSync(new URL(`../../fixtures/recordings/all_types.golden.${extension}`, import.meta.url))
}

function decoded({ frame }: FrameReading): Frame {
  if (frame === undefined) throw new Error('The golden file was refused.')
  return frame
}

it('reads the same 35 fields from both files', () => {
  expect(arrow.fields).toHaveLength(35)
  expect(compareFrames(arrow, json)).toEqual([])
})

it('finds no fault but an enum without texts', () => {
  const findings = readArrowFrame(golden('arrow')).findings.filter((finding) => finding.advice !== true)
  expect(findings).toMatchObject([{ spec: 'FRAME-034', where: 'field "nullable_enum"' }])
})

it('writes it so that both formats give it back', () => {
  expect(compareFrames(arrow, decoded(readArrowFrame(writeArrowFrame(arrow))))).toEqual([])
  expect(compareFrames(arrow, decoded(readJsonFrame(writeJsonFrame(arrow))))).toEqual([])
})
