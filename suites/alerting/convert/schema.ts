import type { Field, Frame } from '../../../host/frames/frame.ts'
import { fieldsThat } from '../../dataplane/fields.ts'
import type { PlacedField } from '../../dataplane/fields.ts'

/** How Grafana guesses what an untyped frame is (frames.md 6.1; sdk-go:data/time_series.go TimeSeriesSchema). */
export type Schema =
  | { readonly type: 'not' }
  | {
      readonly type: 'wide' | 'long'
      readonly time: PlacedField
      readonly factors: readonly PlacedField[]
      readonly values: readonly PlacedField[]
    }

/** Guesses; texts and booleans are factors, whatever else is not the first time is a value. */
export function schemaOf(frame: Frame): Schema {
  const [time] = fieldsThat(frame, ({ type }) => type === 'time')
  if (time === undefined) return { type: 'not' }
  const factors = fieldsThat(frame, isFactor)
  const values = fieldsThat(frame, (field) => !isFactor(field) && field !== time.field)
  if (values.length === 0) return { type: 'not' }
  return { type: factors.length === 0 ? 'wide' : 'long', time, factors, values }
}

function isFactor({ type }: Field): boolean {
  return type === 'string' || type === 'bool'
}
