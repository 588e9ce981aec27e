import type { Field, FieldType, Frame } from '../../../host/frames/frame.ts'
import type { Judgement } from '../judgement.ts'

type Relevance = Judgement['relevant']

/** Any frame in Arrow format. */
export const isArrow: Relevance = (_, format) => format === 'arrow'

/** A frame in Arrow format with rows, so that it has a record batch. */
export const isFilledArrow: Relevance = (frame, format) => format === 'arrow' && hasRows(frame)

/** Any frame in JSON format. */
export const isJson: Relevance = (_, format) => format === 'json'

/** A frame in either format that has what is looked for. */
export function has(test: (frame: Frame) => boolean): Relevance {
  return (frame) => test(frame)
}

/** A frame in JSON format that has what is looked for. */
export function isJsonWith(test: (frame: Frame) => boolean): Relevance {
  return (frame, format) => format === 'json' && test(frame)
}

/** A frame in Arrow format that has what is looked for. */
export function isArrowWith(test: (frame: Frame) => boolean): Relevance {
  return (frame, format) => format === 'arrow' && test(frame)
}

/** Whether there are rows. */
export function hasRows({ fields }: Frame): boolean {
  return (fields[0]?.values.length ?? 0) > 0
}

/** Whether there is a null anywhere. */
export function hasNulls({ fields }: Frame): boolean {
  return fields.some(({ values }) => values.includes(null))
}

/** Whether some field of one of these types has a value that passes the test; by default any value. */
export function hasValue(
  types: readonly FieldType[],
  test: (value: Exclude<Field['values'][number], null>) => boolean = () => true,
): (frame: Frame) => boolean {
  return ({ fields }) =>
    fields.some(
      ({ type, values }) => types.includes(type) && values.some((value) => value !== null && test(value)),
    )
}

/** Whether some field passes the test. */
export function hasField(test: (field: Field) => boolean): (frame: Frame) => boolean {
  return ({ fields }) => fields.some(test)
}

/** Whether `meta` has this key. */
export function hasMeta(key: string): (frame: Frame) => boolean {
  return ({ meta }) => meta?.[key] !== undefined
}

/** Whether some field has this key in its `config`. */
export function hasConfig(key: string): (frame: Frame) => boolean {
  return hasField(({ config }) => config?.[key] !== undefined)
}

/** Whether the frame has anything beside its columns. */
export function isDescribed(frame: Frame): boolean {
  if (frame.name !== '' || frame.refId !== '' || frame.meta !== undefined) return true
  return frame.fields.some(({ labels, config }) => labels !== undefined || config !== undefined)
}
