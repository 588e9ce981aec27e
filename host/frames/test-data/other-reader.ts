import type { Field, FieldValue } from '../frame.ts'

/** What the tests use of flechette, a second reader of Arrow. */
interface OtherReader {
  tableFromIPC(bytes: Uint8Array, options?: { useBigInt?: boolean }): OtherTable
}

interface OtherTable {
  readonly numRows: number
  readonly schema: { readonly fields: readonly OtherField[] }
  getChildAt(index: number): OtherColumn
}

interface OtherField {
  readonly name: string
  readonly nullable: boolean
  readonly metadata: ReadonlyMap<string, string> | null
}

interface OtherColumn {
  readonly data: readonly { readonly values: unknown }[]
  at(row: number): unknown
}

// Imported without its declarations: they do not compile under `skipLibCheck: false` (table.d.ts, `getFactory`).
const specifier: string = '@uwdata/flechette'
const reader: OtherReader = await import(/* @vite-ignore */ specifier)

/** Reads an Arrow file with another library. */
export function readElsewhere(bytes: Uint8Array): OtherTable {
  return reader.tableFromIPC(bytes, { useBigInt: true })
}

/** The values of a column as the other library reads them, comparable with those of the field: bytes for JSON. */
export function valuesElsewhere(table: OtherTable, index: number, field: Field): readonly unknown[] {
  const column = table.getChildAt(index)
  // Its accessor gives times as milliseconds in floating point; the values behind it are exact.
  const instants: unknown = column.data[0]?.values
  const exact = field.type === 'time' && instants instanceof BigInt64Array ? instants : undefined
  return field.values.map((_, row) => (column.at(row) === null ? null : (exact?.[row] ?? column.at(row))))
}

/** The value as the other library gives it. */
export function asElsewhere(field: Field, value: FieldValue): unknown {
  if (field.type === 'json' && typeof value === 'string') return new TextEncoder().encode(value)
  return value
}
