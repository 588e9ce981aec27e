import { readArrowType, writeArrowType } from './arrow-type.ts'
import type { ArrowType } from './arrow-type.ts'
import { FlatbufferDamage } from './flatbuffer-reader.ts'
import type { FlatTable } from './flatbuffer-reader.ts'
import { scalar, table, tables, text } from './flatbuffer-writer.ts'
import type { FlatNode } from './flatbuffer-writer.ts'

/** Key and value pairs in their order, duplicates included: the host takes the first, JavaScript readers the last (META-003). */
export type ArrowMetadata = readonly (readonly [key: string, value: string])[]

/** A column as the Arrow schema declares it. */
export interface ArrowColumn {
  readonly name: string
  readonly type: ArrowType
  readonly nullable: boolean
  readonly metadata: ArrowMetadata
  /** True when the values are indices into a dictionary, which Grafana refuses (FRAME-010). */
  readonly dictionary?: boolean
}

/** An Arrow schema, as far as a frame needs it. */
export interface ArrowSchema {
  readonly bigEndian: boolean
  readonly metadata: ArrowMetadata
  readonly columns: readonly ArrowColumn[]
}

/** Reads the `Schema` table of Schema.fbs. */
export function readArrowSchema(schema: FlatTable): ArrowSchema {
  return {
    bigEndian: schema.number(0, 'int16', 0) !== 0,
    columns: schema.tables(1).map((column) => readColumn(column, 0)),
    metadata: readMetadata(schema, 2),
  }
}

/** Writes the `Schema` table of Schema.fbs. */
export function writeArrowSchema(schema: ArrowSchema): FlatNode {
  return table(
    scalar(2, schema.bigEndian ? 1 : 0),
    tables(schema.columns.map(writeColumn)),
    writeMetadata(schema.metadata),
  )
}

/** Deepest nesting of types that is followed; a plugin decides how deep it is. */
const MAX_DEPTH = 64

function readColumn(column: FlatTable, depth: number): ArrowColumn {
  if (depth > MAX_DEPTH) throw new FlatbufferDamage(`types are nested deeper than ${MAX_DEPTH} levels`)
  // No type with children is accepted, but the host reads them before it looks at the type.
  for (const child of column.tables(5)) readColumn(child, depth + 1)
  return {
    name: column.string(0) ?? '',
    nullable: column.number(1, 'uint8', 0) !== 0,
    type: readArrowType(column.number(2, 'uint8', 0), column.table(3)),
    dictionary: column.table(4) !== undefined,
    metadata: readMetadata(column, 6),
  }
}

function writeColumn(column: ArrowColumn): FlatNode {
  const { code, details } = writeArrowType(column.type)
  return table(
    text(column.name),
    scalar(1, column.nullable ? 1 : 0),
    scalar(1, code),
    details,
    column.dictionary === true ? table(scalar(8, 0)) : undefined,
    tables([]),
    writeMetadata(column.metadata),
  )
}

/** Reads the custom metadata of a table of Schema.fbs or Message.fbs. */
export function readMetadata(owner: FlatTable, slot: number): ArrowMetadata {
  return owner.tables(slot).map((pair) => [pair.string(0) ?? '', pair.string(1) ?? ''] as const)
}

/** Writes custom metadata. */
export function writeMetadata(metadata: ArrowMetadata): FlatNode {
  return tables(metadata.map(([key, value]) => table(text(key), text(value))))
}
