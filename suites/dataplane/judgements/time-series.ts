import type { Frame } from '../../../host/frames/frame.ts'
import type { ContractType, PlacedFrame } from '../contract.ts'
import { contractOf, framesReadAs } from '../contract.ts'
import { describeTypes, isValue, placeOf, timeIndex } from '../fields.ts'
import { describeLabels, dimensionsOf, labelsKey } from '../item-key.ts'
import type { Labels } from '../item-key.ts'
import type { PlaneFinding, PlaneJudgement } from '../judgement.ts'
import { rules } from '../rules.ts'
import { perFrame } from './per-frame.ts'

const timeSeries: readonly ContractType[] = ['timeseries-wide', 'timeseries-multi', 'timeseries-long']

const aFrame = 'a frame with fields of a time series type'

/** How declared time series are judged. */
export const timeSeriesJudgements: readonly PlaneJudgement[] = [
  {
    rule: rules['time-series-have-a-time'],
    about: aFrame,
    judge: (frames) =>
      perFrame(frames, timeSeries, (frame) =>
        timeIndex(frame) === undefined
          ? [
              {
                where: 'the fields',
                expected: 'a time field with nullable = false',
                found: describeTypes(frame),
              },
            ]
          : [],
      ),
  },
  {
    rule: rules['time-series-have-values'],
    about: aFrame,
    judge: (frames) =>
      perFrame(frames, timeSeries, (frame) =>
        frame.fields.some(isValue)
          ? []
          : [{ where: 'the fields', expected: 'a number or bool field', found: describeTypes(frame) }],
      ),
  },
  {
    rule: rules['times-ascend'],
    about: 'a time series of two points or more',
    judge(frames) {
      const contract = contractOf(frames)
      const long = contract.kind === 'on' && contract.type === 'timeseries-long'
      if (framesReadAs(frames, timeSeries)?.some(hasOrder) !== true) return undefined
      return perFrame(frames, timeSeries, (frame) => orderFindings(frame, long))
    },
  },
]

function hasOrder({ frame }: PlacedFrame): boolean {
  return (timeIndex(frame)?.field.values.length ?? 0) > 1
}

/** The first pair of rows that is out of order, or a second point of one series at one time (PLANE-014). */
function orderFindings(frame: Frame, long: boolean): readonly Omit<PlaneFinding, 'frame'>[] {
  const index = timeIndex(frame)
  if (index === undefined) return []
  const where = placeOf(index)
  const dimensions: (row: number) => Labels = long ? dimensionsOf(frame) : () => ({})
  const atThisTime = new Set<string>()
  let previous: bigint | undefined
  for (const [row, time] of index.field.values.entries()) {
    if (typeof time !== 'bigint') continue
    if (previous !== undefined && time < previous) {
      const found = `${previous} in row ${row - 1}, then ${time} in row ${row}`
      return [{ where, expected: 'times that ascend', found }]
    }
    if (time !== previous) atThisTime.clear()
    const labels = dimensions(row)
    const key = labelsKey(labels)
    if (atThisTime.has(key)) {
      const found = `${time} twice${long ? ` for {${describeLabels(labels)}}` : ''}, again in row ${row}`
      return [{ where, expected: 'one point of a series at one time', found }]
    }
    atThisTime.add(key)
    previous = time
  }
  return []
}
