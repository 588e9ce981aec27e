import type { Field } from './frame.ts'
import { scriptTypeOf } from './script-type.ts'

/** The members `type` and `typeInfo` of a field in a JSON frame (JSON-003, 004). */
export function writeSchemaType(field: Pick<Field, 'type' | 'nullable'>): string {
  const nullable = field.nullable ? ',"nullable":true' : ''
  return `"type":"${scriptTypeOf(field.type)}","typeInfo":{"frame":"${typeInfoOf(field)}"${nullable}}`
}

/** A field type as `typeInfo.frame` names it (JSON-003). */
export function typeInfoOf({ type }: Pick<Field, 'type'>): string {
  if (type === 'time') return 'time.Time'
  return type === 'json' ? 'json.RawMessage' : type
}
