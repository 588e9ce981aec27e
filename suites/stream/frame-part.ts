import { isRecord } from './document.ts'

/** What a packet says about a frame; a packet that says nothing is no frame packet. */
export interface FramePart {
  /** Number of fields of its schema, if it has one. */
  readonly columns: number | undefined
  /** Length of each of its columns; empty without rows, because the browser skips such a packet (JSON-022). */
  readonly rows: readonly number[]
}

/** Reads a document as part of a frame: `schema`, `data`, or both (STREAM-302). Undefined when it is something else. */
export function framePart(value: unknown): FramePart | undefined {
  if (!isRecord(value)) return undefined
  const { schema, data } = value
  const fields = isRecord(schema) && Array.isArray(schema['fields']) ? schema['fields'] : undefined
  const values: readonly unknown[] | undefined =
    isRecord(data) && Array.isArray(data['values']) ? data['values'] : undefined
  if (fields === undefined && (values === undefined || !values.every((column) => Array.isArray(column))))
    return undefined
  const lengths = (values ?? []).map((column) => (Array.isArray(column) ? column.length : 0))
  return { columns: fields?.length, rows: lengths.some((length) => length > 0) ? lengths : [] }
}

/** Why rows do not go with a schema of so many fields, or undefined when they do (JSON-022). */
export function rowsFault(
  columns: number,
  rows: readonly number[],
): { readonly expected: string; readonly actual: string } | undefined {
  if (rows.length !== columns)
    return {
      expected: `rows of ${columns} columns, as in the schema`,
      actual: `rows of ${rows.length} columns`,
    }
  if (rows.some((length) => length !== rows[0]))
    return { expected: 'columns of equal length', actual: `columns of ${rows.join(', ')} values` }
  return undefined
}
