import type { ArrowFile } from '../arrow-file.ts'
import { encodeArrowFile } from '../arrow-file.ts'
import type { ArrowColumn, ArrowMetadata } from '../arrow-schema.ts'
import type { Field, Frame } from '../frame.ts'
import { describeArrowFile, writeArrowFrame } from '../write-arrow.ts'
import { sampleFrame } from './sample-frame.ts'

/** The bytes of the sample. */
export const good = writeArrowFrame(sampleFrame)

/** The sample as bytes with some of them replaced. */
export function patched(at: number, ...bytes: readonly number[]): Uint8Array {
  const copy = good.slice()
  copy.set(bytes, at < 0 ? copy.length + at : at)
  return copy
}

/** Bytes one behind the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

/** The sample as Arrow, changed before it is encoded. */
export function changed(change: (file: ArrowFile) => ArrowFile): Uint8Array {
  return encodeArrowFile(change(describeArrowFile(sampleFrame)))
}

/** The sample with something else declared for one column. */
export function withColumn(index: number, change: Partial<ArrowColumn>): Uint8Array {
  return changed((file) => {
    const columns = file.schema.columns.map((column, at) =>
      at === index ? { ...column, ...change } : column,
    )
    return { ...file, schema: { ...file.schema, columns } }
  })
}

/** The sample with other buffers or numbers in one column. */
export function withData(
  index: number,
  change: { rows?: number; nullCount?: number; buffers?: readonly Uint8Array[] },
): Uint8Array {
  return changed((file) => ({
    ...file,
    batches: file.batches.map((batch) => ({
      ...batch,
      columns: batch.columns.map((column, at) => (at === index ? { ...column, ...change } : column)),
    })),
  }))
}

/** The sample with other metadata of the frame. */
export function withSchemaMetadata(...metadata: ArrowMetadata): Uint8Array {
  return changed((file) => ({ ...file, schema: { ...file.schema, metadata } }))
}

/** A frame of one field. */
export function one(field: Partial<Field>): Uint8Array {
  const frame: Frame = {
    name: '',
    refId: '',
    fields: [{ name: 'v', type: 'string', nullable: false, values: [], ...field }],
  }
  return writeArrowFrame(frame)
}

/** Place of the first block in the footer: found by its offset, which is that of the batch message. */
export function blockAt(): number {
  const offset = Buffer.alloc(8)
  offset.writeBigInt64LE(BigInt(batchAt()))
  return Buffer.from(good).lastIndexOf(offset)
}

/** Place of the message of the first batch. */
export function batchAt(): number {
  return Buffer.from(good).indexOf(Buffer.of(0xff, 0xff, 0xff, 0xff), 12)
}

/** Numbers as an offset buffer. */
export const int32s = (...values: readonly number[]): Uint8Array =>
  new Uint8Array(Int32Array.from(values).buffer)
/** A text as a data buffer. */
export const text = (value: string): Uint8Array => new TextEncoder().encode(value)
/** An absent buffer. */
export const none = new Uint8Array(0)
/** Places of columns in the sample. */
export const TIME = 0
export const TEXT = 2
export const FLAG = 3
export const STATE = 6
export const VALUE = 1
export const COUNT = 4
export const JSON_COLUMN = 5

/** A file with one fault, and all that may be said about it. */
export interface Fault {
  readonly what: string
  readonly bytes: Uint8Array
  readonly specs: readonly string[]
  /** True when Grafana answers HTTP 500, or nothing at all. */
  readonly refused: boolean
}
