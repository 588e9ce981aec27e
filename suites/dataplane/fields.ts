import type { Field, FieldType, Frame } from '../../host/frames/frame.ts'
import { fieldPlace } from '../../host/frames/finding.ts'

/** A field and its position in the frame. */
export interface PlacedField {
  readonly field: Field
  readonly index: number
}

const numbers: readonly FieldType[] = [
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
]

/** Whether the type is a number for Grafana (sdk-go:data/field_type.go Numeric). */
export function isNumeric({ type }: Field): boolean {
  return numbers.includes(type)
}

/** Whether a reader of time series takes the field for values (dataplane:sdata/common.go ValidValueFields). */
export function isValue(field: Field): boolean {
  return field.type === 'bool' || isNumeric(field)
}

/** Whether a reader of long formats takes the field for a dimension. */
export function isDimension({ type }: Field): boolean {
  return type === 'string'
}

/** The fields that pass a test, with their positions. */
export function fieldsThat({ fields }: Frame, test: (field: Field) => boolean): readonly PlacedField[] {
  return fields.map((field, index) => ({ field, index })).filter(({ field }) => test(field))
}

/** The time index of a series: the first time field that can't be null (PLANE-012). */
export function timeIndex(frame: Frame): PlacedField | undefined {
  return fieldsThat(frame, ({ type, nullable }) => type === 'time' && !nullable)[0]
}

/** Number of rows; fields of a decoded frame are equally long (PLANE-005). */
export function rowsOf({ fields }: Frame): number {
  return fields[0]?.values.length ?? 0
}

/** Names a field in a finding. */
export function placeOf({ field, index }: PlacedField): string {
  return fieldPlace(field.name, index)
}

/** What types the fields have, as one line. */
export function describeTypes({ fields }: Frame): string {
  if (fields.length === 0) return 'no fields'
  const shown = fields.slice(0, 6).map((field, index) => {
    const nullable = field.nullable ? 'nullable ' : ''
    return `${fieldPlace(field.name, index)} is ${nullable}${field.type}`
  })
  return `${shown.join(', ')}${fields.length > shown.length ? ', …' : ''}`
}
