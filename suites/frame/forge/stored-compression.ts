import type { ArrowFile } from '../../../host/frames/arrow-file.ts'

const LZ4_FRAME = 0
/** In front of a buffer that a compressing writer left as it was (Arrow Message.fbs, `BodyCompressionMethod`). */
const NOT_COMPRESSED = -1n

/** The same file with batches that are declared compressed, as a writer does for which compression did not pay. */
export function withStoredCompression(file: ArrowFile): ArrowFile {
  const batches = file.batches.map((batch) => ({
    ...batch,
    compression: LZ4_FRAME,
    columns: batch.columns.map((column) => ({ ...column, buffers: column.buffers.map(stored) })),
  }))
  return { ...file, batches }
}

function stored(buffer: Uint8Array): Uint8Array {
  if (buffer.length === 0) return buffer
  const length = Buffer.alloc(8)
  length.writeBigInt64LE(NOT_COMPRESSED)
  return Buffer.concat([length, buffer])
}
