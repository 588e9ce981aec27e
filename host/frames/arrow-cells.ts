import { isAscii, isUtf8 } from 'node:buffer'

import type { ColumnSlice } from './arrow-slice.ts'
import type { ArrowType } from './arrow-type.ts'
import type { FieldValue } from './frame.ts'

/** Gives the values of a column row by row; texts as bytes where they may be no UTF-8. */
export type CellReader = (row: number) => Exclude<FieldValue, null> | Buffer

/** Where a column's texts contradict its buffers (FRAME-014). */
export interface CellDamage {
  readonly expected: string
  readonly found: string
}

/**
 * Prepares the reading of a column whose fixed-size buffers are long enough.
 *
 * Offsets and views are checked here, once, so that the reader cannot leave its buffers.
 */
export function openCells(
  type: ArrowType,
  slice: ColumnSlice,
  littleEndian: boolean,
): { readonly read: CellReader } | { readonly damage: CellDamage } {
  const main = slice.buffers[0] ?? new Uint8Array(0)
  const view = new DataView(main.buffer, main.byteOffset, main.byteLength)
  switch (type.kind) {
    case 'int':
      return { read: intReader(view, type, littleEndian) }
    case 'float':
      if (type.bits === 32) return { read: (row) => view.getFloat32(row * 4, littleEndian) }
      return { read: (row) => view.getFloat64(row * 8, littleEndian) }
    case 'bool':
      return { read: (row) => bitAt(main, row) }
    case 'timestamp':
      return { read: (row) => view.getBigInt64(row * 8, littleEndian) }
    case 'utf8':
    case 'binary':
      return openOffsets(view, slice, littleEndian)
    case 'utf8-view':
      return openViews(view, slice, littleEndian)
    case 'refused':
    case 'raw':
      return { damage: { expected: 'a type that Grafana reads', found: type.kind } }
    default:
      return type satisfies never
  }
}

/** Bit of a bitmap, counted as Arrow does from the lowest bit of the first byte. */
export function bitAt(bits: Uint8Array, row: number): boolean {
  return ((bits[row >> 3] ?? 0) & (1 << (row & 7))) !== 0
}

function intReader(view: DataView, type: ArrowType & { kind: 'int' }, little: boolean): CellReader {
  switch (type.bits) {
    case 8:
      return type.signed ? (row) => view.getInt8(row) : (row) => view.getUint8(row)
    case 16:
      return type.signed ? (row) => view.getInt16(row * 2, little) : (row) => view.getUint16(row * 2, little)
    case 32:
      return type.signed ? (row) => view.getInt32(row * 4, little) : (row) => view.getUint32(row * 4, little)
    case 64:
      return type.signed
        ? (row) => view.getBigInt64(row * 8, little)
        : (row) => view.getBigUint64(row * 8, little)
    default:
      return type.bits satisfies never
  }
}

function openOffsets(offsets: DataView, slice: ColumnSlice, little: boolean): ReturnType<typeof openCells> {
  const data = asBuffer(slice.buffers[1] ?? new Uint8Array(0))
  const first = slice.rows > 0 ? offsets.getInt32(0, little) : 0
  let previous = 0
  let splits = false
  for (let row = 0; row <= slice.rows && slice.rows > 0; row++) {
    const offset = offsets.getInt32(row * 4, little)
    if (offset < previous || offset > data.length) {
      const expected = `offset ${row} between ${previous} and the ${data.length} bytes of data`
      return { damage: { expected, found: `${offset}` } }
    }
    // A cell that begins in the middle of a character is no UTF-8, although all cells together may be.
    if (((data[offset] ?? 0) & CONTINUATION_MASK) === CONTINUATION) splits = true
    previous = offset
  }
  const used = data.subarray(first, previous)
  // Judging and decoding all texts at once costs a tenth of doing so one by one.
  if (isAscii(used)) {
    const text = used.toString('latin1')
    return {
      read: (row) =>
        text.slice(offsets.getInt32(row * 4, little) - first, offsets.getInt32(row * 4 + 4, little) - first),
    }
  }
  if (!splits && isUtf8(used))
    return {
      read: (row) =>
        data.toString('utf8', offsets.getInt32(row * 4, little), offsets.getInt32(row * 4 + 4, little)),
    }
  return {
    read: (row) => data.subarray(offsets.getInt32(row * 4, little), offsets.getInt32(row * 4 + 4, little)),
  }
}

/** Bytes of UTF-8 that go on with a character have these two bits. */
const CONTINUATION_MASK = 0xc0
const CONTINUATION = 0x80

/** Longest text that a view holds in itself: Columnar.rst, "Variable-size Binary View Layout". */
const INLINE_BYTES = 12

function openViews(views: DataView, slice: ColumnSlice, little: boolean): ReturnType<typeof openCells> {
  const texts = slice.buffers.slice(1).map(asBuffer)
  const own = asBuffer(slice.buffers[0] ?? new Uint8Array(0))
  for (let row = 0; row < slice.rows; row++) {
    const length = views.getInt32(row * 16, little)
    const buffer = views.getInt32(row * 16 + 8, little)
    const offset = views.getInt32(row * 16 + 12, little)
    const outside = offset < 0 || offset + length > (texts[buffer]?.length ?? -1)
    if (length < 0 || (length > INLINE_BYTES && outside)) {
      const found = `${length} bytes at ${offset} of buffer ${buffer}`
      return { damage: { expected: `view ${row} inside the data buffers`, found } }
    }
  }
  return {
    read: (row) => {
      const length = views.getInt32(row * 16, little)
      if (length <= INLINE_BYTES) return own.subarray(row * 16 + 4, row * 16 + 4 + length)
      const offset = views.getInt32(row * 16 + 12, little)
      return (
        texts[views.getInt32(row * 16 + 8, little)]?.subarray(offset, offset + length) ?? own.subarray(0, 0)
      )
    },
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
