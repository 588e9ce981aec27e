import type { ArrowMetadata, ArrowSchema } from './arrow-schema.ts'
import { writeArrowSchema, writeMetadata } from './arrow-schema.ts'
import type { FlatNode } from './flatbuffer-writer.ts'
import { records, scalar, table, writeFlatbuffer } from './flatbuffer-writer.ts'

/** What one column contributes to a record batch. */
export interface ArrowColumnData {
  readonly rows: number
  readonly nullCount: number
  /** In the order of the Arrow format: validity (may be empty), then offsets, then data. */
  readonly buffers: readonly Uint8Array[]
}

/** One record batch. */
export interface ArrowBatchData {
  readonly rows: number
  readonly columns: readonly ArrowColumnData[]
  /** Codec that the message declares; the buffers are written as they are. */
  readonly compression?: number
  /** Number of data buffers behind each string view column. */
  readonly variadic?: readonly number[]
  /** Custom metadata of the message; default none (FRAME-015). */
  readonly metadata?: ArrowMetadata
}

/** An Arrow IPC file in terms of Arrow; it may say things that no correct frame says. */
export interface ArrowFile {
  readonly schema: ArrowSchema
  readonly batches: readonly ArrowBatchData[]
  /** Schema in the first message where it differs from the one in the footer (FRAME-005). */
  readonly leadingSchema?: ArrowSchema
  /** Metadata version in the footer; default V5. */
  readonly version?: number
  /** Dictionaries that the footer lists; default none (FRAME-010). */
  readonly dictionaries?: number
  /** How often the footer lists each batch; default once. */
  readonly listings?: number
}

/** Encodes a file exactly as described, correct or not, which is what a test of a reader needs. */
export function encodeArrowFile(file: ArrowFile): Uint8Array {
  const pieces: Uint8Array[] = [new TextEncoder().encode('ARROW1\0\0')]
  let length = 8
  const append = (piece: Uint8Array): void => {
    pieces.push(piece)
    length += piece.length
  }
  append(message(writeArrowSchema(file.leadingSchema ?? file.schema), SCHEMA_MESSAGE, 0))
  const blocks = file.batches.flatMap((batch) => {
    const offset = length
    const { header, body } = encodeBatch(batch)
    append(header)
    append(body)
    return Array.from({ length: file.listings ?? 1 }, () => block(offset, header.length, body.length))
  })
  append(END_OF_STREAM)
  const dictionaries = Array.from({ length: file.dictionaries ?? 0 }, () => block(8, 8, 0))
  const footer = writeFlatbuffer(
    table(
      scalar(2, file.version ?? V5),
      writeArrowSchema(file.schema),
      records(dictionaries),
      records(blocks),
    ),
  )
  append(footer)
  append(int32(footer.length))
  append(new TextEncoder().encode('ARROW1'))
  return join(pieces, length)
}

/** Joins pieces in memory of their own: readers put typed arrays onto it, which need it aligned. */
function join(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    joined.set(piece, at)
    at += piece.length
  }
  return joined
}

const V5 = 4
const SCHEMA_MESSAGE = 1
const BATCH_MESSAGE = 3
const CONTINUATION = Uint8Array.of(0xff, 0xff, 0xff, 0xff)
const END_OF_STREAM = Buffer.concat([CONTINUATION, int32(0)])

function encodeBatch(batch: ArrowBatchData): { header: Uint8Array; body: Uint8Array } {
  const pieces: Uint8Array[] = []
  const buffers: Uint8Array[] = []
  let length = 0
  for (const buffer of batch.columns.flatMap((column) => column.buffers)) {
    buffers.push(int64Pair(length, buffer.length))
    const padding = new Uint8Array((8 - (buffer.length % 8)) % 8)
    pieces.push(buffer, padding)
    length += buffer.length + padding.length
  }
  const header = table(
    scalar(8, batch.rows),
    records(batch.columns.map((column) => int64Pair(column.rows, column.nullCount))),
    records(buffers),
    batch.compression === undefined ? undefined : table(scalar(1, batch.compression), scalar(1, 0)),
    batch.variadic === undefined
      ? undefined
      : records(batch.variadic.map((count) => int64Pair(count, 0).slice(0, 8))),
  )
  return { header: message(header, BATCH_MESSAGE, length, batch.metadata), body: Buffer.concat(pieces) }
}

function message(header: FlatNode, kind: number, bodyLength: number, metadata?: ArrowMetadata): Uint8Array {
  const custom = metadata === undefined ? undefined : writeMetadata(metadata)
  const flat = writeFlatbuffer(table(scalar(2, V5), scalar(1, kind), header, scalar(8, bodyLength), custom))
  return Buffer.concat([CONTINUATION, int32(flat.length), flat])
}

function block(offset: number, metadataLength: number, bodyLength: number): Uint8Array {
  return Buffer.concat([int64Pair(offset, metadataLength), int64Pair(bodyLength, 0).slice(0, 8)])
}

function int64Pair(first: number, second: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(16))
  view.setBigInt64(0, BigInt(first), true)
  view.setBigInt64(8, BigInt(second), true)
  return new Uint8Array(view.buffer)
}

function int32(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(4))
  view.setInt32(0, value, true)
  return new Uint8Array(view.buffer)
}
