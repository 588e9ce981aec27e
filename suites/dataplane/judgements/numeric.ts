import type { ContractType } from '../contract.ts'
import { contractOf, declarationOf } from '../contract.ts'
import { describeTypes, fieldsThat, isDimension, isValue, placeOf, rowsOf } from '../fields.ts'
import type { PlaneJudgement } from '../judgement.ts'
import { rules } from '../rules.ts'
import { perFrame } from './per-frame.ts'

const oneRow: readonly ContractType[] = ['numeric-wide', 'numeric-multi']

/** How declared sets of numbers are judged. */
export const numericJudgements: readonly PlaneJudgement[] = [
  {
    rule: rules['numbers-stand-in-one-row'],
    about: 'a frame with fields of type numeric-wide or numeric-multi',
    judge: (frames) =>
      perFrame(frames, oneRow, (frame) =>
        rowsOf(frame) > 1
          ? [{ where: 'the fields', expected: 'no row or one', found: `${rowsOf(frame)} rows` }]
          : [],
      ),
  },
  {
    rule: rules['numeric-wide-has-no-booleans'],
    about: 'a frame with fields of type numeric-wide',
    judge: (frames) =>
      perFrame(frames, ['numeric-wide'], (frame) =>
        fieldsThat(frame, ({ type }) => type === 'bool').map((placed) => ({
          where: placeOf(placed),
          expected: 'a number, for example 0 or 1',
          found: 'bool',
        })),
      ),
  },
  {
    rule: rules['numeric-multi-frames-have-a-value'],
    about: 'a frame with fields of type numeric-multi',
    judge: (frames) =>
      perFrame(frames, ['numeric-multi'], (frame) =>
        frame.fields.some(isValue)
          ? []
          : [{ where: 'the fields', expected: 'a number or bool field', found: describeTypes(frame) }],
      ),
  },
  {
    rule: rules['numeric-long-rows-have-dimensions'],
    about: 'several rows of type numeric-long',
    judge(frames) {
      const several = perFrame(frames, ['numeric-long'], (frame) =>
        rowsOf(frame) > 1 && !frame.fields.some(isDimension)
          ? [{ where: 'the fields', expected: 'a string column', found: describeTypes(frame) }]
          : [],
      )
      const [first] = frames
      return first !== undefined && rowsOf(first) > 1 ? several : undefined
    },
  },
  {
    rule: rules['numeric-multi-stands-alone'],
    about: 'frames of type numeric-multi',
    judge(frames) {
      const contract = contractOf(frames)
      if (contract.kind === 'off' || contract.type !== 'numeric-multi') return undefined
      return frames.flatMap((frame, position) => {
        const type = declarationOf(frame)?.type
        if (type === 'numeric-multi') return []
        return [{ frame: position, where: 'meta.type', expected: 'numeric-multi', found: type ?? 'no type' }]
      })
    },
  },
]
