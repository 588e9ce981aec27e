import type { Field, FieldValue } from './frame.ts'

/** Writes one cell that is neither null, nor a time, nor a number that JSON does not have. */
export type WriteCell = (field: Field, value: Exclude<FieldValue, null>) => string

/** Writes `data` of a JSON frame: values, then entities and nanos where there are any (JSON-005 to 010). */
export function writeJsonColumns(fields: readonly Field[], writeCell: WriteCell): string {
  const values = fields.map(
    (field) => `[${field.values.map((value) => writeValue(field, value, writeCell)).join(',')}]`,
  )
  const entities = fields.map(entitiesOf)
  const nanos = fields.map(nanosOf)
  const members = [
    `"values":[${values.join(',')}]`,
    ...(entities.some((entry) => entry !== null) ? [`"entities":${JSON.stringify(entities)}`] : []),
    ...(nanos.some((entry) => entry !== null) ? [`"nanos":${JSON.stringify(nanos)}`] : []),
  ]
  return `{${members.join(',')}}`
}

const NANOS_PER_MS = 1_000_000n

function writeValue(field: Field, value: FieldValue, writeCell: WriteCell): string {
  if (value === null) return 'null'
  if (typeof value === 'bigint' && field.type === 'time') return String(milliseconds(value))
  return typeof value === 'number' && entityName(value) !== undefined ? 'null' : writeCell(field, value)
}

/** Milliseconds rounded down, so that the rest is positive before 1970 too. */
function milliseconds(instant: bigint): bigint {
  return (instant - restOf(instant)) / NANOS_PER_MS
}

function restOf(instant: bigint): bigint {
  return ((instant % NANOS_PER_MS) + NANOS_PER_MS) % NANOS_PER_MS
}

function nanosOf(field: Field): number[] | null {
  if (field.type !== 'time') return null
  const rests = field.values.map((value) => (typeof value === 'bigint' ? Number(restOf(value)) : 0))
  return rests.some((rest) => rest !== 0) ? rests : null
}

/** Rows of the numbers that JSON does not have, in the order of the members of Go's `fieldEntityLookup`. */
function entitiesOf(field: Field): Record<string, number[]> | null {
  const rows: Record<(typeof entityNames)[number], number[]> = { NaN: [], Inf: [], NegInf: [] }
  for (const [row, value] of field.values.entries()) {
    const name = typeof value === 'number' ? entityName(value) : undefined
    if (name !== undefined) rows[name].push(row)
  }
  const present = entityNames.filter((name) => rows[name].length > 0)
  return present.length === 0 ? null : Object.fromEntries(present.map((name) => [name, rows[name]]))
}

const entityNames = ['NaN', 'Inf', 'NegInf'] as const

function entityName(value: number): (typeof entityNames)[number] | undefined {
  if (Number.isNaN(value)) return 'NaN'
  if (value === Infinity) return 'Inf'
  return value === -Infinity ? 'NegInf' : undefined
}
