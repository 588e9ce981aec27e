import type { Frame } from '../../host/frames/frame.ts'
import { timeField, valueFields } from '../data/fields.ts'

/** The frame of a live stream with one row for each instant; the same fields every time (STREAM-302). */
export function tickFrame(times: readonly bigint[]): Frame {
  const [value] = valueFields(times)
  const fields = [timeField('time', times), ...(value === undefined ? [] : [value])]
  return { name: 'tick', refId: '', fields }
}
