import type { Field, FieldValue, Frame } from './frame.ts'
import { writeJsonColumns } from './json-columns.ts'
import { typeInfoOf } from './json-type-info.ts'
import { scriptTypeOf } from './script-type.ts'

/**
 * Writes a frame as JSON on one line: schema first, then values, entities and nanos (JSON-001 to 010).
 *
 * It is what sdk-go:data/frame_json.go (`writeDataFrame`) writes, so the host and the browser both read it.
 */
export function writeJsonFrame(frame: Frame): Uint8Array {
  return new TextEncoder().encode(
    `{"schema":${writeSchema(frame)},"data":${writeJsonColumns(frame.fields, writeCell)}}`,
  )
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

function writeCell({ type }: Field, value: Exclude<FieldValue, null>): string {
  if (typeof value === 'bigint') return String(value)
  // A line break in JSON text stands between tokens, where a blank means the same.
  if (type === 'json') return String(value).replaceAll(/[\r\n]/gu, ' ')
  // JSON.stringify would drop the sign, which Go writes.
  return Object.is(value, -0) ? '-0' : JSON.stringify(value)
}
