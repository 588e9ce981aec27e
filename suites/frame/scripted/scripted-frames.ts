import fieldless from '../../../fixtures/frames/fieldless.json' with { type: 'json' }
import labelled from '../../../fixtures/frames/labelled.json' with { type: 'json' }
import logs from '../../../fixtures/frames/logs.json' with { type: 'json' }
import nulls from '../../../fixtures/frames/nulls.json' with { type: 'json' }
import rowless from '../../../fixtures/frames/rowless.json' with { type: 'json' }
import series from '../../../fixtures/frames/series.json' with { type: 'json' }
import several from '../../../fixtures/frames/several.json' with { type: 'json' }
import table from '../../../fixtures/frames/table.json' with { type: 'json' }
import types from '../../../fixtures/frames/types.json' with { type: 'json' }
import type { Frame } from '../../../host/frames/frame.ts'
import { readTable } from './read-table.ts'

/** The answers that a scripted subject is asked for, by refId: the tables of fixtures/frames. */
export const scriptedAnswers: Readonly<Record<string, readonly Frame[]>> = {
  types: readTable(types),
  nulls: readTable(nulls),
  labelled: readTable(labelled),
  rowless: readTable(rowless),
  fieldless: readTable(fieldless),
  series: readTable(series),
  table: readTable(table),
  logs: readTable(logs),
  several: readTable(several),
}

/** The first frame of the answer for this refId. */
export function scriptedFrame(refId: string): Frame {
  const frame = scriptedAnswers[refId]?.[0]
  if (frame === undefined)
    throw new RangeError(`There is no table fixtures/frames/${refId}.json with a frame.`)
  return frame
}
