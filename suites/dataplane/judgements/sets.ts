import { clip } from '../../../host/frames/finding.ts'
import { contractOf, declaring, framesReadAs } from '../contract.ts'
import type { ContractType } from '../contract.ts'
import type { PlacedField } from '../fields.ts'
import { fieldsThat, isDimension, isValue, placeOf } from '../fields.ts'
import type { PlaneFinding, PlaneJudgement } from '../judgement.ts'
import { rules } from '../rules.ts'
import { itemFindings } from './items.ts'
import { perFrame } from './per-frame.ts'

const oneFrame: readonly ContractType[] = [
  'timeseries-wide',
  'timeseries-long',
  'numeric-wide',
  'numeric-long',
]
const multi: readonly ContractType[] = ['timeseries-multi', 'numeric-multi']
const long: readonly ContractType[] = ['timeseries-long', 'numeric-long']

/** How rules that hold for every kind of set are judged. */
export const setJudgements: readonly PlaneJudgement[] = [
  { rule: rules['items-are-distinct'], about: 'items of a contract type', judge: itemFindings },
  {
    rule: rules['no-data-stands-alone'],
    about: 'a frame of a contract type',
    judge(frames) {
      const contract = contractOf(frames)
      if (contract.kind === 'off') return undefined
      if (frames.length === 1) return []
      return declaring(frames, contract.type)
        .filter(({ frame }) => frame.fields.length === 0)
        .map(({ position }) => ({
          frame: position,
          where: 'the frame',
          expected: 'fields, or no other frame beside it',
          found: `no fields, in one of ${frames.length} frames`,
        }))
    },
  },
  {
    rule: rules['formats-of-one-frame-have-one'],
    about: 'a frame of a wide or long type',
    judge(frames) {
      const contract = contractOf(frames)
      if (contract.kind === 'off' || !oneFrame.includes(contract.type)) return undefined
      const declared = declaring(frames, contract.type)
      return declared.slice(1, 2).map(({ position }) => ({
        frame: position,
        where: 'meta.type',
        expected: `one frame that declares ${contract.type}`,
        found: `${declared.length} of ${frames.length}`,
      }))
    },
  },
  {
    rule: rules['frames-of-a-multi-type-have-one-value'],
    about: 'a frame of a multi type',
    judge: (frames) =>
      perFrame(frames, multi, (frame) => {
        const [, second, ...rest] = fieldsThat(frame, isValue)
        if (second === undefined) return []
        const found = `${rest.length + 2} value fields; ${placeOf(second)} is not read`
        return [{ where: placeOf(second), expected: 'one value field in each frame', found }]
      }),
  },
  {
    rule: rules['long-formats-have-no-labels'],
    about: 'fields of a long type',
    judge: (frames) =>
      perFrame(frames, long, (frame) =>
        fieldsThat(frame, ({ labels = {} }) => Object.keys(labels).length > 0).map((placed) => ({
          where: placeOf(placed),
          expected: 'no labels, but a string column for each dimension',
          found: `the labels ${clip(JSON.stringify(placed.field.labels))}`,
        })),
      ),
  },
  {
    rule: rules['dimensions-have-different-names'],
    about: 'several string columns of a long type',
    judge(frames) {
      const read = framesReadAs(frames, long)
      const columns = read?.flatMap(({ frame }) => fieldsThat(frame, isDimension)) ?? []
      return columns.length < 2 ? undefined : repeatedNames(columns)
    },
  },
]

function repeatedNames(columns: readonly PlacedField[]): readonly PlaneFinding[] {
  const seen = new Set<string>()
  return columns.flatMap(({ field, index }) => {
    const repeated = seen.has(field.name)
    seen.add(field.name)
    if (!repeated) return []
    const found = `a second string column ${JSON.stringify(clip(field.name))}`
    return [{ frame: 0, where: `field ${index}`, expected: 'string columns of different names', found }]
  })
}
