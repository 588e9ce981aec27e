import { expect, it } from 'vitest'

import { checkBlocks } from './arrow-block.ts'
import type { ArrowBlock } from './arrow-footer.ts'
import { collectFindings } from './finding.ts'

const MIB = 1024 * 1024
const FILE_SIZE = 1024 * MIB

/** Ids found for one block in a file of 1 GiB. */
function judge(block: Partial<ArrowBlock>): string[] {
  const findings = collectFindings()
  const schema = { bigEndian: false, metadata: [], columns: [] }
  const batches = [{ offset: 8, metadataLength: 64, bodyLength: 64, ...block }]
  const readable = checkBlocks({ schema, dictionaries: [], batches }, FILE_SIZE, findings)
  expect(readable).toBe(findings.list.length === 0)
  return findings.list.map((finding) => finding.spec)
}

it('accepts a body of 256 MiB and a header of 64 MiB', () => {
  expect(judge({ bodyLength: 256 * MIB, metadataLength: 64 * MIB })).toEqual([])
})

it('refuses a larger body or header', () => {
  expect(judge({ bodyLength: 256 * MIB + 8 })).toEqual(['FRAME-007'])
  expect(judge({ metadataLength: 64 * MIB + 8 })).toEqual(['FRAME-007'])
  expect(judge({ bodyLength: 2 * FILE_SIZE })).toEqual(['FRAME-007'])
})

it('refuses negative, odd and outlying places', () => {
  expect(judge({ offset: -8 })).toEqual(['FRAME-006'])
  expect(judge({ bodyLength: -8 })).toEqual(['FRAME-006'])
  expect(judge({ bodyLength: 12 })).toEqual(['FRAME-006'])
  expect(judge({ metadataLength: 0 })).toEqual(['FRAME-006'])
  expect(judge({ offset: FILE_SIZE })).toEqual(['FRAME-006'])
  expect(judge({ offset: FILE_SIZE - 64 })).toEqual(['FRAME-006'])
  expect(judge({ bodyLength: -Number(2n ** 63n) })).toEqual(['FRAME-006'])
})
