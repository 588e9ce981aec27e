import { clip } from '../../../host/frames/finding.ts'
import type { Frame } from '../../../host/frames/frame.ts'
import { contractOf } from '../../dataplane/contract.ts'
import { isNumeric, placeOf, rowsOf } from '../../dataplane/fields.ts'
import { readError } from '../convert/conversion.ts'
import type { Schema } from '../convert/schema.ts'
import { schemaOf } from '../convert/schema.ts'
import { numberOf } from '../convert/untyped.ts'
import type { AlertJudgement } from '../judgement.ts'
import { rules } from '../rules.ts'

/** How untyped series are judged, frame by frame. */
export const seriesJudgements: readonly AlertJudgement[] = [
  {
    rule: rules['values-are-numbers'],
    about: 'an untyped series',
    judge: (frames) =>
      perSeries(frames, ({ frame, schema }) =>
        schema.values
          .filter(({ field }) => !isNumeric(field))
          .map((placed) => {
            const text =
              placed.field.type === 'time'
                ? 'a series of milliseconds'
                : readError(`no float64 value column found in frame ${clip(frame.name)}`)
            const found = `${placeOf(placed)} is ${placed.field.type}; alert rules get ${text}`
            return { expected: 'columns of numbers beside one time', found }
          }),
      ),
  },
  {
    rule: rules['times-are-known'],
    about: 'an untyped series',
    judge: (frames) =>
      perSeries(frames, ({ schema: { time } }) => {
        const row = time.field.values.indexOf(null)
        if (row === -1) return []
        const text = readError('time series with null time stamps are not supported')
        return [{ expected: 'a time in every row', found: `null in row ${row} of ${placeOf(time)}: ${text}` }]
      }),
  },
  {
    rule: rules['empty-answers-are-no-data'],
    about: 'no rows',
    judge(frames) {
      if (contractOf(frames).kind === 'on' || frames.some((frame) => rowsOf(frame) > 0)) return undefined
      return (
        perSeries(frames, ({ frame, schema }) =>
          schema.values
            .filter(({ field }) => isNumeric(field) && field.type !== 'float64')
            .map((placed) => {
              const text = readError(`no float64 value column found in frame ${clip(frame.name)}`)
              const found = `${placeOf(placed)} is ${placed.field.type} and has no rows: ${text}`
              return { expected: 'no fields, or float64 for values', found }
            }),
        ) ?? []
      )
    },
  },
  {
    rule: rules['series-keep-their-names'],
    about: 'several untyped series in one frame',
    judge(frames) {
      const several = seriesOf(frames).filter(({ schema }) => schema.values.length > 1)
      if (several.length === 0) return undefined
      return several
        .filter(({ frame }) => frame.name !== '')
        .map(({ frame, schema }) => ({
          expected: 'no frame name, so that series keep their own',
          found: `the frame name ${JSON.stringify(clip(frame.name))}, which becomes that of ${schema.values.length} series`,
        }))
    },
  },
]

interface Series {
  readonly frame: Frame
  readonly schema: Exclude<Schema, { readonly type: 'not' }>
}

/** The frames of an untyped answer that are taken for series; none when the answer is a table of numbers (ALERT-004). */
function seriesOf(frames: readonly Frame[]): readonly Series[] {
  if (contractOf(frames).kind === 'on') return []
  const [first] = frames
  if (frames.length === 1 && first !== undefined && numberOf(first) !== undefined) return []
  return frames.flatMap((frame) => {
    const schema = schemaOf(frame)
    return schema.type === 'wide' ? [{ frame, schema }] : []
  })
}

function perSeries(
  frames: readonly Frame[],
  judge: (series: Series) => ReturnType<AlertJudgement['judge']>,
): ReturnType<AlertJudgement['judge']> {
  const series = seriesOf(frames)
  return series.length === 0 ? undefined : series.flatMap((one) => judge(one) ?? [])
}
