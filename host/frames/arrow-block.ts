import type { ArrowBlock, ArrowFooter } from './arrow-footer.ts'
import type { Findings } from './finding.ts'

/**
 * Checks every block that the footer lists before anything behind it is read (FRAME-006, 007).
 *
 * Says whether all can be read.
 */
export function checkBlocks(footer: ArrowFooter, fileSize: number, findings: Findings): boolean {
  const batches = footer.batches.map((block, index) =>
    checkBlock(block, `batch ${index}`, fileSize, findings),
  )
  const dictionaries = footer.dictionaries.map((block, index) =>
    checkBlock(block, `dictionary ${index}`, fileSize, findings),
  )
  return [...batches, ...dictionaries].every(Boolean)
}

// Limits of arrow-go since 18.7.0: ipc/ipc.go, defaultMaxMetadataSize and defaultMaxBodySize.
const MAX_METADATA = 64 * 1024 * 1024
const MAX_BODY = 256 * 1024 * 1024

function checkBlock(block: ArrowBlock, where: string, fileSize: number, findings: Findings): boolean {
  const { offset, metadataLength, bodyLength } = block
  const faults: [spec: string, expected: string, found: string, faulty: boolean][] = [
    ['FRAME-006', 'an offset that is a multiple of 8', `${offset}`, offset < 0 || offset % 8 !== 0],
    [
      'FRAME-006',
      'a metadata length that is a multiple of 8 and at least 4',
      `${metadataLength}`,
      metadataLength < 4 || metadataLength % 8 !== 0,
    ],
    [
      'FRAME-006',
      'a body length that is a multiple of 8',
      `${bodyLength}`,
      bodyLength < 0 || bodyLength % 8 !== 0,
    ],
    ['FRAME-007', `a body of at most ${MAX_BODY} bytes`, `${bodyLength}`, bodyLength > MAX_BODY],
    [
      'FRAME-007',
      `a header of at most ${MAX_METADATA} bytes`,
      `${metadataLength}`,
      metadataLength > MAX_METADATA,
    ],
    // Last, as in arrow-go's validateFileBlock: a claim beyond the limits is refused as such.
    [
      'FRAME-006',
      `a block inside the ${fileSize} bytes of the file`,
      `bytes ${offset} to ${offset + metadataLength + bodyLength}`,
      offset + metadataLength + bodyLength > fileSize,
    ],
  ]
  const first = faults.find(([, , , faulty]) => faulty)
  if (first === undefined) return true
  findings.refuse(first[0], where, first[1], first[2])
  return false
}
