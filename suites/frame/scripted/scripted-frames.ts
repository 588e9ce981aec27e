import type { Frame } from '../../../host/frames/frame.ts'
import { describedTable, labelledSeries, logLines } from './shaped-frames.ts'
import { everyType, everyTypeNullable, noFields, noRows } from './typed-frames.ts'

/** The answers that a scripted subject is asked for, by refId. */
export const scriptedAnswers: Readonly<Record<string, readonly Frame[]>> = {
  types: [everyType],
  nulls: [everyTypeNullable],
  rowless: [noRows],
  fieldless: [noFields],
  series: [labelledSeries],
  table: [describedTable],
  logs: [logLines],
  several: [
    { ...labelledSeries, name: 'first of several' },
    { ...labelledSeries, name: 'second of several' },
  ],
}
