import { isUtf8 } from 'node:buffer'

import type { Findings } from './finding.ts'
import { clip } from './finding.ts'

/** Where the footer of an Arrow IPC file lies. */
export interface FooterPlace {
  readonly start: number
  readonly end: number
}

/**
 * Finds the footer of an Arrow IPC file by its last bytes, as the Go host does (FRAME-001 to 004).
 *
 * Returns undefined when the host would not find one either; the reason is among the findings.
 */
export function findFooter(bytes: Uint8Array, findings: Findings): FooterPlace | undefined {
  const size = bytes.length
  if (size === 0) {
    findings.refuse(
      'FRAME-004',
      'byte 0',
      'one Arrow IPC file; a frame that is absent is not listed',
      'no bytes',
    )
    return undefined
  }
  if (size > TAIL && !magicAt(bytes, size - MAGIC.length)) {
    refuseTail(bytes, findings)
    return undefined
  }
  if (size <= TAIL + MAGIC.length) {
    const found = `${size} bytes: ${describeBytes(bytes)}`
    findings.refuse('FRAME-002', 'byte 0', 'an Arrow IPC file of more than 16 bytes', found)
    return undefined
  }
  const length = footerLength(bytes, size)
  if (length === undefined) {
    const place = size - TAIL
    const found = `the length ${new DataView(bytes.buffer, bytes.byteOffset).getInt32(place, true)}`
    findings.refuse('FRAME-002', `byte ${place}`, `a footer length from 1 to ${size - 16}`, found)
    return undefined
  }
  if (!magicAt(bytes, 0) || bytes[6] !== 0 || bytes[7] !== 0) {
    findings.advise('FRAME-003', 'byte 0', '"ARROW1" and two zero bytes', describeBytes(bytes.subarray(0, 8)))
  }
  return { start: size - TAIL - length, end: size - TAIL }
}

/** Says whether a second file begins between the last batch and the footer, which is what gluing two files leaves (FRAME-004). */
export function findGluedFile(bytes: Uint8Array, from: number, to: number): number | undefined {
  const seam = Buffer.from('ARROW1ARROW1\0\0', 'latin1')
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, to).indexOf(seam, from)
  return at === -1 ? undefined : at + MAGIC.length
}

const MAGIC = Buffer.from('ARROW1', 'latin1')
/** Footer length (4 bytes) and trailing magic. */
const TAIL = 10

function refuseTail(bytes: Uint8Array, findings: Findings): void {
  const size = bytes.length
  const place = `byte ${size - MAGIC.length}`
  if (bytes[0] === 0x7b) {
    const found = `JSON text: ${describeBytes(bytes.subarray(0, 32))}`
    findings.refuse('FRAME-017', 'byte 0', 'an Arrow IPC file, as the format ARROW says', found)
    return
  }
  const end = earlierEnd(bytes)
  if (end !== undefined) {
    const found = `${size - end} more bytes`
    findings.refuse('FRAME-004', `byte ${end}`, 'nothing after the trailing "ARROW1"', found)
    return
  }
  const stream = bytes[0] === 0xff && bytes[1] === 0xff && bytes[2] === 0xff && bytes[3] === 0xff
  const found = stream
    ? 'the Arrow stream format, which begins with ff ff ff ff and has no footer'
    : `${describeBytes(bytes.subarray(size - MAGIC.length))} at the end of ${size} bytes`
  findings.refuse('FRAME-001', place, 'an Arrow IPC file, which ends with "ARROW1"', found)
}

/** End of a complete file inside the bytes, when something follows it. */
function earlierEnd(bytes: Uint8Array): number | undefined {
  if (!magicAt(bytes, 0)) return undefined
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf(MAGIC)
  const end = at + MAGIC.length
  return at > 8 && footerLength(bytes, end) !== undefined ? end : undefined
}

function footerLength(bytes: Uint8Array, size: number): number | undefined {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getInt32(size - TAIL, true)
  return length > 0 && length + 16 <= size ? length : undefined
}

function magicAt(bytes: Uint8Array, at: number): boolean {
  return MAGIC.every((byte, index) => bytes[at + index] === byte)
}

function describeBytes(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 32))
  const readable = isUtf8(start) && start.every((byte) => byte >= 0x20)
  return readable
    ? JSON.stringify(clip(start.toString('utf8')))
    : (start.toString('hex').match(/../gu) ?? []).join(' ')
}
