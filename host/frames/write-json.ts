import type { Field, Frame } from './frame.ts'
import { scriptTypeOf } from './script-type.ts'

/**
 * Writes a frame as JSON on one line: schema first, then values, entities and nanos (JSON-001 to 010).
 *
 * It is what sdk-go:data/frame_json.go (`writeDataFrame`) writes, so the host and the browser both read it.
 */
export function writeJsonFrame(frame: Frame): Uint8Array {
  return new TextEncoder().encode(`{"schema":${writeSchema(frame)},"data":${writeData(frame.fields)}}`)
}

function writeSchema(frame: Frame): string {
  return JSON.stringify({
    ...(frame.name === '' ? {} : { name: frame.name }),
    ...(frame.refId === '' ? {} : { refId: frame.refId }),
    ...(frame.meta === undefined ? {} : { meta: frame.meta }),
    fields: frame.fields.map((field) => ({
      ...(field.name === '' ? {} : { name: field.name }),
      type: scriptTypeOf(field.type),
      typeInfo: { frame: typeInfoOf(field), ...(field.nullable ? { nullable: true } : {}) },
      ...(field.labels === undefined ? {} : { labels: field.labels }),
      ...(field.config === undefined ? {} : { config: field.config }),
    })),
  })
}

function typeInfoOf({ type }: Field): string {
  if (type === 'time') return 'time.Time'
  return type === 'json' ? 'json.RawMessage' : type
}

function writeData(fields: readonly Field[]): string {
  const values = fields.map((field) => `[${field.values.map((value) => writeCell(field, value)).join(',')}]`)
  const entities = fields.map(entitiesOf)
  const nanos = fields.map(nanosOf)
  return (
    [
      `{"values":[${values.join(',')}]`,
      ...(entities.some((entry) => entry !== null) ? [`"entities":${JSON.stringify(entities)}`] : []),
      ...(nanos.some((entry) => entry !== null) ? [`"nanos":${JSON.stringify(nanos)}`] : []),
    ].join(',') + '}'
  )
}

const NANOS_PER_MS = 1_000_000n

function writeCell({ type }: Field, value: Field['values'][number]): string {
  if (value === null) return 'null'
  if (typeof value === 'bigint') return type === 'time' ? `${milliseconds(value)}` : `${value}`
  // A line break in JSON text stands between tokens, where a blank means the same.
  if (type === 'json') return String(value).replaceAll(/[\r\n]/gu, ' ')
  // JSON.stringify would drop the sign, which Go writes.
  return Object.is(value, -0) ? '-0' : JSON.stringify(value)
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

function entitiesOf(field: Field): Record<string, number[]> | null {
  const rows: Record<string, number[]> = {}
  for (const [row, value] of field.values.entries()) {
    const name = typeof value === 'number' ? entityName(value) : undefined
    if (name !== undefined) (rows[name] ??= []).push(row)
  }
  return Object.keys(rows).length === 0 ? null : rows
}

function entityName(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN'
  if (value === Infinity) return 'Inf'
  return value === -Infinity ? 'NegInf' : undefined
}
