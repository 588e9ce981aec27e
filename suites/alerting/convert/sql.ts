import type { Frame } from '../../../host/frames/frame.ts'
import { declarationOf } from '../../dataplane/contract.ts'
import { isNumeric, rowsOf, timeIndex } from '../../dataplane/fields.ts'

/** What a SQL expression makes of an answer. */
export type SqlInput =
  | { readonly kind: 'no-data' }
  /** One frame is the table as it stands. */
  | { readonly kind: 'table' }
  /** A type that has a conversion; `fault` is the text of its failure. */
  | { readonly kind: 'converted'; readonly fault: string | undefined }
  | { readonly kind: 'refused'; readonly text: string }

/** Reads an answer as the table of a SQL expression; the version does not matter here (ALERT-020; grafana:pkg/expr/sql_command.go handleSqlInput). */
export function sqlInput(frames: readonly Frame[]): SqlInput {
  const [first] = frames
  if (first === undefined || (frames.length === 1 && first.fields.length === 0)) return { kind: 'no-data' }
  const type = declarationOf(first)?.type
  if (type !== undefined && Object.hasOwn(conversions, type))
    return { kind: 'converted', fault: conversions[type]?.(frames) }
  const issue =
    type === undefined
      ? 'is missing the data type (frame.meta.type)'
      : `has an unsupported data type [${type}]`
  if (frames.length > 1) {
    const many = 'has more than one dataframe that can not be automatically mapped to a single table'
    return { kind: 'refused', text: `can not convert because the response ${issue} and ${many}` }
  }
  if (first.fields.some(({ labels = {} }) => Object.keys(labels).length > 0)) {
    const labelled = 'has labels in the response that can not be mapped to a table'
    return { kind: 'refused', text: `can not convert because the response ${issue} and ${labelled}` }
  }
  return { kind: 'table' }
}

/** What makes a conversion fail, by type (ALERT-021; grafana:pkg/expr/convert_to_full_long.go). */
const conversions: Readonly<Record<string, (frames: readonly Frame[]) => string | undefined>> = {
  'timeseries-wide': (frames) =>
    notOne(frames) ?? withoutTime(frames, 'time field not found in TimeSeriesWide frame'),
  'timeseries-multi': (frames) => withoutTime(frames, 'missing time field'),
  'numeric-wide': (frames) => notOne(frames) ?? severalRows(frames[0]),
  // Its frames become one wide frame of their number fields, the rows of which are those of the first.
  'numeric-multi': (frames) => severalRows(frames.find(({ fields }) => fields.some(isNumeric))),
}

function notOne({ length }: readonly Frame[]): string | undefined {
  return length === 1 ? undefined : `expected exactly one frame for wide format, but got ${length}`
}

function withoutTime(frames: readonly Frame[], text: string): string | undefined {
  return frames.every((frame) => timeIndex(frame) !== undefined) ? undefined : text
}

function severalRows(frame: Frame | undefined): string | undefined {
  const rows = frame === undefined ? 0 : rowsOf(frame)
  return rows > 1 ? `expected no more than one row in the frame, but got ${rows}` : undefined
}
