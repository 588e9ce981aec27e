import type { ArrowBlock } from './arrow-footer.ts'
import { guard } from './arrow-footer.ts'
import { readMetadata } from './arrow-schema.ts'
import type { Findings } from './finding.ts'
import { FlatbufferDamage, openFlatbuffer } from './flatbuffer-reader.ts'

/** Length and null count that a batch claims for one column. */
export interface ArrowNode {
  readonly rows: number
  readonly nullCount: number
}

/** A record batch message; buffers are places in `body` that nobody has checked yet. */
export interface ArrowBatch {
  readonly rows: number
  readonly nodes: readonly ArrowNode[]
  readonly buffers: readonly { readonly offset: number; readonly length: number }[]
  readonly variadic: readonly number[]
  readonly codec: number | undefined
  readonly body: Uint8Array
}

/** Reads the message of a batch whose block was found to lie inside the file. */
export function readBatch(
  bytes: Uint8Array,
  block: ArrowBlock,
  where: string,
  findings: Findings,
): ArrowBatch | undefined {
  const bodyStart = block.offset + block.metadataLength
  const header = bytes.subarray(block.offset, bodyStart)
  const message = messageBytes(header)
  const reading = guard(() => readMessage(message, bytes.subarray(bodyStart, bodyStart + block.bodyLength)))
  if (reading.kind === 'damaged') {
    findings.refuse('FRAME-001', where, 'a record batch message that can be read', reading.reason)
    return undefined
  }
  const { bodyLength, ...batch } = reading.value
  const agrees =
    refuseOther(claimedLength(header), message.length, `${where} header`, findings) &&
    refuseOther(bodyLength, block.bodyLength, `${where} body`, findings)
  return agrees ? batch : undefined
}

/** The message and the footer say the same of its lengths (arrow-go:ipc/metadata.go, `validateFileBlockMetadata` and `NewMessage`). */
function refuseOther(length: number, listed: number, where: string, findings: Findings): boolean {
  if (length !== listed)
    findings.refuse('FRAME-006', where, `${listed} bytes, as the footer says`, `${length} bytes`)
  return length === listed
}

/** The length in front of a message. */
function claimedLength(header: Uint8Array): number {
  const prefix = header.length - messageBytes(header).length
  return new DataView(header.buffer, header.byteOffset, header.byteLength).getUint32(prefix - 4, true)
}

/** The flatbuffer behind the prefix of a message: eight bytes today, four in files from before Arrow 0.15. */
export function messageBytes(message: Uint8Array): Uint8Array {
  const continued = message.length >= 4 && message.subarray(0, 4).every((byte) => byte === 0xff)
  return message.subarray(continued ? 8 : 4)
}

const BATCH_MESSAGE = 3

function readMessage(flat: Uint8Array, body: Uint8Array): ArrowBatch & { readonly bodyLength: number } {
  const message = openFlatbuffer(flat)
  // Nothing depends on the version and the metadata (FRAME-015), but the host reads both.
  message.number(0, 'int16', 0)
  readMetadata(message, 4)
  const kind = message.number(1, 'uint8', 0)
  if (kind !== BATCH_MESSAGE) throw new FlatbufferDamage(`the message is of kind ${kind}`)
  const header = message.table(2)
  if (header === undefined) throw new FlatbufferDamage('the message has no header')
  const compression = header.table(3)
  return {
    rows: header.number(0, 'int64', 0),
    nodes: header.records(1, 16).map((node) => ({ rows: int64(node, 0), nullCount: int64(node, 8) })),
    buffers: header.records(2, 16).map((buffer) => ({ offset: int64(buffer, 0), length: int64(buffer, 8) })),
    codec: compression?.number(0, 'int8', 0),
    variadic: header.records(4, 8).map((count) => int64(count, 0)),
    body,
    bodyLength: message.number(3, 'int64', 0),
  }
}

function int64(view: DataView, at: number): number {
  return Number(view.getBigInt64(at, true))
}
