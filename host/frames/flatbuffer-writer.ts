/** A value that can stand in a slot of a flatbuffer table. */
export type FlatNode =
  | { readonly kind: 'scalar'; readonly size: 1 | 2 | 4 | 8; readonly value: number }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'table'; readonly slots: readonly (FlatNode | undefined)[] }
  | { readonly kind: 'tables'; readonly items: readonly FlatNode[] }
  | { readonly kind: 'records'; readonly items: readonly Uint8Array[] }

/** A number of the given size in bytes. */
export function scalar(size: 1 | 2 | 4 | 8, value: number): FlatNode {
  return { kind: 'scalar', size, value }
}

/** A text in UTF-8. */
export function text(value: string): FlatNode {
  return { kind: 'string', text: value }
}

/** A table; an undefined slot is left out and reads as its default. */
export function table(...slots: readonly (FlatNode | undefined)[]): FlatNode {
  return { kind: 'table', slots }
}

/** A vector of tables. */
export function tables(items: readonly FlatNode[]): FlatNode {
  return { kind: 'tables', items }
}

/** A vector of equally long records whose size is a multiple of eight. */
export function records(items: readonly Uint8Array[]): FlatNode {
  return { kind: 'records', items }
}

/**
 * Writes a tree as a flatbuffer, padded to a multiple of eight bytes.
 *
 * Parents are written before their children, so that every offset points forward as the format demands.
 */
export function writeFlatbuffer(root: FlatNode): Uint8Array {
  const out = growableBytes()
  out.reserve(4)
  link(out, 0, root)
  out.align(8, 0)
  return out.finish()
}

interface GrowableBytes {
  readonly length: number
  /** Appends zeros and returns where they begin. */
  reserve(count: number): number
  /** Appends zeros until what follows the next `ahead` bytes falls on a multiple of `boundary`. */
  align(boundary: number, ahead: number): void
  set(at: number, bytes: Uint8Array): void
  setNumber(at: number, size: 1 | 2 | 4 | 8, value: number): void
  finish(): Uint8Array
}

function growableBytes(): GrowableBytes {
  let bytes = new Uint8Array(1024)
  let length = 0
  return {
    get length() {
      return length
    },
    reserve(count) {
      const start = length
      length += count
      if (length > bytes.length) {
        const larger = new Uint8Array(length * 2)
        larger.set(bytes)
        bytes = larger
      }
      return start
    },
    align(boundary, ahead) {
      this.reserve((boundary - ((length + ahead) % boundary)) % boundary)
    },
    set(at, content) {
      bytes.set(content, at)
    },
    setNumber(at, size, value) {
      const view = new DataView(bytes.buffer)
      if (size === 1) view.setUint8(at, value & 0xff)
      if (size === 2) view.setInt16(at, value, true)
      if (size === 4) view.setInt32(at, value, true)
      if (size === 8) view.setBigInt64(at, BigInt(value), true)
    },
    finish() {
      return bytes.slice(0, length)
    },
  }
}

/** Writes a node behind what is there and stores the distance to it at `from`. */
function link(out: GrowableBytes, from: number, node: FlatNode): void {
  switch (node.kind) {
    case 'scalar':
      return out.setNumber(from, node.size, node.value)
    case 'string': {
      const content = new TextEncoder().encode(node.text)
      const at = startVector(out, from, content.length, 4)
      // The closing zero byte is not counted in the length.
      out.reserve(content.length + 1)
      return out.set(at, content)
    }
    case 'records': {
      const size = node.items[0]?.length ?? 0
      const at = startVector(out, from, node.items.length, 8)
      out.reserve(node.items.length * size)
      return node.items.forEach((item, index) => out.set(at + index * size, item))
    }
    case 'tables': {
      const at = startVector(out, from, node.items.length, 4)
      out.reserve(node.items.length * 4)
      return node.items.forEach((item, index) => link(out, at + index * 4, item))
    }
    case 'table':
      return writeTable(out, from, node.slots)
    default:
      return node satisfies never
  }
}

function startVector(out: GrowableBytes, from: number, count: number, boundary: number): number {
  out.align(boundary, 4)
  const at = out.reserve(4)
  out.setNumber(from, 4, at - from)
  out.setNumber(at, 4, count)
  return at + 4
}

function writeTable(out: GrowableBytes, from: number, slots: readonly (FlatNode | undefined)[]): void {
  const present = slots.flatMap((node, slot) =>
    node === undefined ? [] : [{ node, slot, size: inlineSize(node) }],
  )
  present.sort((a, b) => a.size - b.size)
  const vtableSize = 4 + slots.length * 2
  out.align(8, vtableSize)
  const vtable = out.reserve(vtableSize)
  const start = out.reserve(4)
  out.setNumber(from, 4, start - from)
  const placed = present.map((entry) => {
    out.align(entry.size, 0)
    return { ...entry, at: out.reserve(entry.size) }
  })
  out.setNumber(start, 4, vtableSize)
  out.setNumber(vtable, 2, vtableSize)
  out.setNumber(vtable + 2, 2, out.length - start)
  for (const { slot, at } of placed) out.setNumber(vtable + 4 + slot * 2, 2, at - start)
  for (const { node, at } of placed) link(out, at, node)
}

function inlineSize(node: FlatNode): 1 | 2 | 4 | 8 {
  return node.kind === 'scalar' ? node.size : 4
}
