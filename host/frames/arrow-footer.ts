import type { ArrowSchema } from './arrow-schema.ts'
import { readArrowSchema } from './arrow-schema.ts'
import type { Findings } from './finding.ts'
import { FlatbufferDamage, openFlatbuffer } from './flatbuffer-reader.ts'
import type { FlatTable } from './flatbuffer-reader.ts'

/** Where one record batch lies in the file, as the footer says. */
export interface ArrowBlock {
  readonly offset: number
  readonly metadataLength: number
  readonly bodyLength: number
}

/** The footer of an Arrow IPC file: the only schema that the host reads, and where the batches are. */
export interface ArrowFooter {
  readonly schema: ArrowSchema
  readonly dictionaries: readonly ArrowBlock[]
  readonly batches: readonly ArrowBlock[]
}

/** Reads the footer flatbuffer (FRAME-001, 005, 012); undefined when it cannot be read. */
export function readFooter(footer: Uint8Array, start: number, findings: Findings): ArrowFooter | undefined {
  const root = guard(() => openFlatbuffer(footer))
  if (root.kind === 'damaged') {
    findings.refuse('FRAME-001', `byte ${start}`, 'a footer that can be read', `damage: ${root.reason}`)
    return undefined
  }
  const schema = guard(() => readSchemaOf(root.value))
  if (schema.kind === 'damaged') {
    findings.refuse('FRAME-005', `byte ${start}`, 'a complete schema in the footer', schema.reason)
    return undefined
  }
  const blocks = guard(() => ({
    dictionaries: readBlocks(root.value, 2),
    batches: readBlocks(root.value, 3),
  }))
  if (blocks.kind === 'damaged') {
    findings.refuse(
      'FRAME-006',
      `byte ${start}`,
      'lists of batches and dictionaries in the footer',
      blocks.reason,
    )
    return undefined
  }
  adviseForm(root.value, schema.value, start, findings)
  return { schema: schema.value, ...blocks.value }
}

function readSchemaOf(root: FlatTable): ArrowSchema {
  const schema = root.table(1)
  if (schema === undefined) throw new FlatbufferDamage('there is no schema')
  return readArrowSchema(schema)
}

function readBlocks(root: FlatTable, slot: number): ArrowBlock[] {
  return root.records(slot, 24).map((block) => ({
    offset: Number(block.getBigInt64(0, true)),
    metadataLength: block.getInt32(8, true),
    bodyLength: Number(block.getBigInt64(16, true)),
  }))
}

function adviseForm(root: FlatTable, schema: ArrowSchema, start: number, findings: Findings): void {
  const version = guard(() => root.number(0, 'int16', 0))
  if (version.kind === 'damaged' || version.value !== 4) {
    const found = version.kind === 'damaged' ? 'none' : `V${version.value + 1}`
    findings.advise('FRAME-012', `byte ${start}`, 'metadata version V5', found)
  }
  if (schema.bigEndian) findings.advise('FRAME-012', `byte ${start}`, 'little-endian values', 'big-endian')
}

type Guarded<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'damaged'; readonly reason: string }

/** Runs a piece of flatbuffer reading and turns damage into a value. */
export function guard<T>(read: () => T): Guarded<T> {
  try {
    return { kind: 'read', value: read() }
  } catch (error) {
    if (error instanceof FlatbufferDamage) return { kind: 'damaged', reason: error.message }
    throw error
  }
}
