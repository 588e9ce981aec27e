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
