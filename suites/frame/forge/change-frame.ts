import type { Field, Frame } from '../../../host/frames/frame.ts'

/** Changes the field of this name; of several the first. */
export function changeField(name: string, change: (field: Field) => Field): (frame: Frame) => Frame {
  return (frame) => {
    const at = frame.fields.findIndex((field) => field.name === name)
    return { ...frame, fields: frame.fields.map((field, index) => (index === at ? change(field) : field)) }
  }
}

/** Adds members to the `config` of the field of this name. */
export function configure(name: string, config: Record<string, unknown>): (frame: Frame) => Frame {
  return changeField(name, (field) => ({ ...field, config: { ...field.config, ...config } }))
}

/** Adds members to `meta`. */
export function describe(meta: Record<string, unknown>): (frame: Frame) => Frame {
  return (frame) => ({ ...frame, meta: { ...frame.meta, ...meta } })
}
