import type { ArrowColumnData, ArrowFile } from '../../../host/frames/arrow-file.ts'

/** Longest text that stands in the view itself (Arrow columnar format, "Variable-size Binary View Layout"). */
const INLINE = 12
const VIEW = 16

/** The same file with its text columns as Utf8View (table in frames.md 2.1). */
export function withStringViews(file: ArrowFile): ArrowFile {
  const isText = file.schema.columns.map(({ type }) => type.kind === 'utf8')
  return {
    ...file,
    schema: {
      ...file.schema,
      columns: file.schema.columns.map((column, index) =>
        isText[index] === true ? { ...column, type: { kind: 'utf8-view' } } : column,
      ),
    },
    batches: file.batches.map((batch) => ({
      ...batch,
      columns: batch.columns.map((column, index) => (isText[index] === true ? toViews(column) : column)),
      variadic: isText.filter(Boolean).map(() => 1),
    })),
  }
}

/** Views point into the data that the offsets pointed into. */
function toViews(column: ArrowColumnData): ArrowColumnData {
  const [validity = none, offsets = none, data = none] = column.buffers
  const bounds = new DataView(offsets.buffer, offsets.byteOffset, offsets.byteLength)
  const views = Buffer.alloc(column.rows * VIEW)
  for (let row = 0; row < column.rows; row++) {
    const start = bounds.getInt32(row * 4, true)
    const text = data.subarray(start, bounds.getInt32(row * 4 + 4, true))
    const at = row * VIEW
    views.writeInt32LE(text.length, at)
    if (text.length <= INLINE) views.set(text, at + 4)
    else {
      views.set(text.subarray(0, 4), at + 4)
      views.writeInt32LE(0, at + 8)
      views.writeInt32LE(start, at + 12)
    }
  }
  return { ...column, buffers: [validity, views, data] }
}

const none = new Uint8Array(0)
