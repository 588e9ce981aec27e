/** Footer length (4 bytes) and trailing magic (6 bytes). */
const TAIL = 10
/** Slots of the `Footer` table in File.fbs. */
const SCHEMA = 1
const BATCHES = 3

/** A copy of an Arrow file whose footer has no schema: its entry in the table is set to "absent". */
export function withoutFooterSchema(file: Uint8Array): Uint8Array {
  const copy = file.slice()
  const view = viewOf(copy)
  view.setUint16(slotEntry(view, SCHEMA), 0, true)
  return copy
}

/** A copy of an Arrow file whose footer says other things about the first batch. */
export function withFirstBlock(
  file: Uint8Array,
  claims: { offset?: number; metadataLength?: number; bodyLength?: number },
): Uint8Array {
  const copy = file.slice()
  const view = viewOf(copy)
  const root = rootOf(view)
  const field = root + view.getUint16(slotEntry(view, BATCHES), true)
  // A vector begins with its length; a `Block` is an int64, an int32, four bytes of padding, and an int64.
  const block = field + view.getUint32(field, true) + 4
  if (claims.offset !== undefined) view.setBigInt64(block, BigInt(claims.offset), true)
  if (claims.metadataLength !== undefined) view.setInt32(block + 8, claims.metadataLength, true)
  if (claims.bodyLength !== undefined) view.setBigInt64(block + 16, BigInt(claims.bodyLength), true)
  return copy
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Where the `Footer` table begins. */
function rootOf(view: DataView): number {
  const end = view.byteLength - TAIL
  const start = end - view.getInt32(end, true)
  return start + view.getUint32(start, true)
}

/** Where the footer's vtable says at which place of the table a slot is; 0 there means absent. */
function slotEntry(view: DataView, slot: number): number {
  const root = rootOf(view)
  return root - view.getInt32(root, true) + 4 + slot * 2
}
