/** The flatbuffer points outside of itself, or claims more than it holds. Caught inside this folder. */
export class FlatbufferDamage extends Error {
  override readonly name = 'FlatbufferDamage'
}

/** A table inside a flatbuffer; every access is checked against the bounds of the buffer before anything is read. */
export interface FlatTable {
  /** Number in a slot, or the fallback when the slot is empty. */
  number(slot: number, kind: 'int8' | 'uint8' | 'int16' | 'int32' | 'int64', fallback: number): number
  string(slot: number): string | undefined
  table(slot: number): FlatTable | undefined
  tables(slot: number): readonly FlatTable[]
  /** Vector of fixed-size records, each as its own view. */
  records(slot: number, size: number): readonly DataView[]
}

/**
 * Opens a flatbuffer without believing any offset or length in it.
 *
 * What is handed out is bounded by a multiple of the buffer's size, so that many offsets to one long text cannot fill
 * the memory (docs/protocol/frames.md section 7: the Go decoder asked for 26 GB).
 */
export function openFlatbuffer(bytes: Uint8Array): FlatTable {
  const source: Source = {
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    left: bytes.byteLength * ALLOWANCE + SMALL_ALLOWANCE,
  }
  return openTable(source, follow(source, 0))
}

// An honest flatbuffer hands out each byte about once; sharing of equal texts is allowed for.
const ALLOWANCE = 4
const SMALL_ALLOWANCE = 65_536
const TABLE_COST = 16

interface Source {
  readonly view: DataView
  readonly bytes: Buffer
  left: number
}

function openTable(source: Source, at: number): FlatTable {
  spend(source, TABLE_COST)
  const vtable = at - int32(source, at)
  // Each slot is checked when it is read: Go accepts a table of slots that claims more than the buffer holds.
  const vtableSize = uint16(source, vtable)
  /** Position of a slot's content, or undefined when the writer left it out. */
  function place(slot: number): number | undefined {
    const entry = 4 + slot * 2
    if (entry + 2 > vtableSize) return undefined
    const offset = uint16(source, vtable + entry)
    return offset === 0 ? undefined : at + offset
  }
  return {
    number(slot, kind, fallback) {
      const position = place(slot)
      return position === undefined ? fallback : readNumber(source, position, kind)
    },
    string(slot) {
      const position = place(slot)
      return position === undefined ? undefined : readString(source, follow(source, position))
    },
    table(slot) {
      const position = place(slot)
      return position === undefined ? undefined : openTable(source, follow(source, position))
    },
    tables(slot) {
      const position = place(slot)
      if (position === undefined) return []
      const { start, count } = vector(source, follow(source, position), 4)
      return Array.from({ length: count }, (_, index) => openTable(source, follow(source, start + index * 4)))
    },
    records(slot, size) {
      const position = place(slot)
      if (position === undefined) return []
      const { start, count } = vector(source, follow(source, position), size)
      spend(source, count * size)
      return Array.from(
        { length: count },
        (_, index) => new DataView(source.view.buffer, source.view.byteOffset + start + index * size, size),
      )
    },
  }
}

function readNumber(
  source: Source,
  at: number,
  kind: 'int8' | 'uint8' | 'int16' | 'int32' | 'int64',
): number {
  const size = { int8: 1, uint8: 1, int16: 2, int32: 4, int64: 8 }[kind]
  ensure(source, at, size)
  switch (kind) {
    case 'int8':
      return source.view.getInt8(at)
    case 'uint8':
      return source.view.getUint8(at)
    case 'int16':
      return source.view.getInt16(at, true)
    case 'int32':
      return source.view.getInt32(at, true)
    case 'int64':
      // Inexact beyond 2^53, which is beyond every bound it is compared with.
      return Number(source.view.getBigInt64(at, true))
    default:
      return kind satisfies never
  }
}

function readString(source: Source, at: number): string {
  const { start, count } = vector(source, at, 1)
  spend(source, count)
  return source.bytes.toString('utf8', start, start + count)
}

function vector(source: Source, at: number, size: number): { start: number; count: number } {
  ensure(source, at, 4)
  const count = source.view.getUint32(at, true)
  ensure(source, at + 4, count * size)
  return { start: at + 4, count }
}

function follow(source: Source, at: number): number {
  ensure(source, at, 4)
  return at + source.view.getUint32(at, true)
}

function int32(source: Source, at: number): number {
  ensure(source, at, 4)
  return source.view.getInt32(at, true)
}

function uint16(source: Source, at: number): number {
  ensure(source, at, 2)
  return source.view.getUint16(at, true)
}

function ensure(source: Source, at: number, size: number): void {
  if (at >= 0 && at + size <= source.view.byteLength) return
  throw new FlatbufferDamage(`${size} bytes at ${at} lie outside of its ${source.view.byteLength} bytes`)
}

function spend(source: Source, amount: number): void {
  source.left -= amount
  if (source.left < 0) throw new FlatbufferDamage('its entries together claim many times its size')
}
