import type { Field, FieldType, FieldValue } from '../../../host/frames/frame.ts'

const MINUTE = 60_000_000_000n
const START = 1_700_000_000_000_000_000n

/** The n-th of the instants that scripted series share. */
export function instant(minute: number): bigint {
  return START + BigInt(minute) * MINUTE
}

/** A time column that can't be null. */
export function times(name: string, minutes: readonly number[]): Field {
  return { name, type: 'time', nullable: false, values: minutes.map(instant) }
}

/** A column without nulls. */
export function column(
  name: string,
  type: FieldType,
  values: readonly Exclude<FieldValue, null>[],
  labels?: Readonly<Record<string, string>>,
): Field {
  return { name, type, nullable: false, ...(labels === undefined ? {} : { labels }), values }
}
