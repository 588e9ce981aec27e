import type { FieldType } from '../../host/frames/frame.ts'

const FIELD_TYPES: ReadonlySet<string> = new Set<FieldType>([
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'float32',
  'float64',
  'string',
  'bool',
  'time',
  'json',
  'enum',
])

/** Whether a script names a type that a field can have. */
export function isFieldType(value: unknown): value is FieldType {
  return typeof value === 'string' && FIELD_TYPES.has(value)
}
