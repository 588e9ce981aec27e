import { encodeColumn } from '../../../host/frames/arrow-column.ts'
import type { ArrowBatchData } from '../../../host/frames/arrow-file.ts'
import { encodeArrowFile } from '../../../host/frames/arrow-file.ts'
import type { Frame } from '../../../host/frames/frame.ts'
import { describeArrowFile } from '../../../host/frames/write-arrow.ts'

/** Writes a frame in batches of at most so many rows; a frame without rows gets one batch without rows. */
export function writeInBatches(frame: Frame, rowsPerBatch: number): Uint8Array {
  const rows = frame.fields[0]?.values.length ?? 0
  const count = Math.max(1, Math.ceil(rows / rowsPerBatch))
  const batches = Array.from({ length: count }, (_, index) =>
    encodeRows(frame, index * rowsPerBatch, (index + 1) * rowsPerBatch),
  )
  return encodeArrowFile({ ...describeArrowFile(frame), batches })
}

function encodeRows(frame: Frame, start: number, end: number): ArrowBatchData {
  const columns = frame.fields.map((field, index) =>
    encodeColumn({ ...field, values: field.values.slice(start, end) }, index),
  )
  return { rows: columns[0]?.rows ?? 0, columns }
}
