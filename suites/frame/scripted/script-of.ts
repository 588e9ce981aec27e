import type { Field, FieldValue, Frame } from '../../../host/frames/frame.ts'

/** The instruction that makes a scripted subject answer with these frames (fixtures/script.schema.json, query). */
export function scriptOf(frames: readonly Frame[]): Record<string, unknown> {
  return {
    conformance: { frames: frames.map((frame) => ({ ...frame, fields: frame.fields.map(scriptField) })) },
  }
}

function scriptField(field: Field): Record<string, unknown> {
  return { ...field, values: field.values.map((value) => scriptCell(field, value)) }
}

function scriptCell({ type }: Field, value: FieldValue): unknown {
  if (typeof value === 'bigint') return String(value)
  if (type === 'json' && typeof value === 'string') return JSON.parse(value)
  if (typeof value !== 'number' || Number.isFinite(value)) return value
  if (Number.isNaN(value)) return 'NaN'
  return value > 0 ? '+Inf' : '-Inf'
}
