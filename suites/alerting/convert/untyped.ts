import type { Frame } from '../../../host/frames/frame.ts'
import type { PlacedField } from '../../dataplane/fields.ts'
import { describeTypes, fieldsThat, isNumeric, placeOf, rowsOf } from '../../dataplane/fields.ts'
import { dimensionsOf } from '../../dataplane/item-key.ts'
import type { Conversion, Item } from './conversion.ts'
import { schemaOf } from './schema.ts'

/** Converts frames that are under no contract, by guessing as Grafana does (ALERT-003 to ALERT-007; grafana:pkg/expr/converter.go Convert). */
export function convertUntyped(frames: readonly Frame[]): Conversion {
  const [first, ...more] = frames
  if (first === undefined || (more.length === 0 && first.fields.length === 0)) return { kind: 'no-data' }
  const number = more.length === 0 ? numberOf(first) : undefined
  if (number !== undefined) return numbersOf(first, number)
  const items: Item[] = []
  for (const [position, frame] of frames.entries()) {
    const schema = schemaOf(frame)
    if (schema.type !== 'wide') {
      const text = `input data must be a wide series but got type ${schema.type} (input refid)`
      const factor = schema.type === 'long' ? schema.factors[0] : undefined
      const because =
        factor === undefined
          ? `frame ${position} has ${describeTypes(frame)}`
          : `${placeOf(factor)} of frame ${position} is ${factor.field.type}, beside a time field`
      return { kind: 'refused', text, because }
    }
    items.push(...schema.values.map((placed) => itemOf(frame, placed)))
  }
  return { kind: 'items', of: 'series', items }
}

/** The number column of a table of numbers: one of numbers, all others texts, no time (ALERT-004). */
export function numberOf(frame: Frame): PlacedField | undefined {
  const numbers = fieldsThat(frame, isNumeric)
  const others = fieldsThat(frame, (field) => !isNumeric(field) && field.type !== 'string')
  return numbers.length === 1 && others.length === 0 ? numbers[0] : undefined
}

function numbersOf(frame: Frame, { field: { name } }: PlacedField): Conversion {
  const dimensions = dimensionsOf(frame)
  const items = Array.from({ length: rowsOf(frame) }, (_, row) => ({ name, labels: dimensions(row) }))
  return { kind: 'items', of: 'numbers', items }
}

/** The name of the frame wins (ALERT-009; grafana:pkg/expr/mathexp/type_series.go SeriesFromFrame). */
function itemOf({ name }: Frame, { field }: PlacedField): Item {
  return { name: name === '' ? field.name : name, labels: field.labels ?? {} }
}
