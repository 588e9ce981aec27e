import type { Frame } from '../../../host/frames/frame.ts'
import { contractOf, declarationOf, declaring } from '../../dataplane/contract.ts'
import { placeOf } from '../../dataplane/fields.ts'
import { convert } from '../convert/convert.ts'
import { readError } from '../convert/conversion.ts'
import { sqlInput } from '../convert/sql.ts'
import { numberOf } from '../convert/untyped.ts'
import type { AlertJudgement } from '../judgement.ts'
import { rules } from '../rules.ts'

/** From here on a note is made (ALERT-013). */
const MANY_ITEMS = 1000

/** How whole answers to alert rules are judged. */
export const answerJudgements: readonly AlertJudgement[] = [
  {
    rule: rules['contract-type-is-declared'],
    about: 'a frame',
    judge(frames) {
      const [first] = frames
      if (first === undefined || first.fields.length === 0) return undefined
      if (contractOf(frames).kind === 'on') return []
      const declaration = declarationOf(first)
      const found =
        declaration === undefined ? 'no type' : `${declaration.type} ${declaration.version.join('.')}`
      return [{ expected: 'a type such as timeseries-multi 0.1 in meta of frame 0', found }]
    },
  },
  {
    rule: rules['answers-become-series-or-numbers'],
    about: 'data',
    judge(frames) {
      const conversion = convert(frames)
      if (conversion.kind === 'no-data') return undefined
      if (conversion.kind === 'items') return []
      const found = `${conversion.because}: ${readError(conversion.text)}`
      return [{ expected: 'series, or one column of numbers beside texts', found }]
    },
  },
  {
    rule: rules['missing-numbers-are-no-rows'],
    about: 'an untyped table of numbers',
    judge(frames) {
      const [first] = frames
      const number =
        frames.length === 1 && first !== undefined && contractOf(frames).kind === 'off'
          ? numberOf(first)
          : undefined
      if (number === undefined) return undefined
      const row = number.field.values.indexOf(null)
      if (row === -1) return []
      return [
        {
          expected: 'a number in every row',
          found: `null in row ${row} of ${placeOf(number)}: it fires as NaN`,
        },
      ]
    },
  },
  {
    rule: rules['items-are-few'],
    about: 'series or numbers',
    judge(frames) {
      const conversion = convert(frames)
      if (conversion.kind !== 'items' || conversion.items.length === 0) return undefined
      const { length } = conversion.items
      if (length <= MANY_ITEMS) return []
      return [{ expected: `at most ${MANY_ITEMS} items`, found: `${length}` }]
    },
  },
  {
    rule: rules['sql-can-read-the-answer'],
    about: 'data',
    judge(frames) {
      const input = sqlInput(frames)
      if (input.kind === 'no-data') return undefined
      const expected = 'a wide or multi type and nothing beside it, or one frame without labels'
      if (input.kind === 'refused') return [{ expected, found: input.text }]
      // What lies in the declared frames themselves is the other rule's business.
      if (input.kind === 'table' || input.fault === undefined || ownFault(frames) !== undefined) return []
      return [{ expected, found: `${input.fault}, because of frames that declare no type` }]
    },
  },
  {
    rule: rules['sql-conversion-succeeds'],
    about: 'data of a wide or multi type',
    judge(frames) {
      if (sqlInput(frames).kind !== 'converted') return undefined
      const fault = ownFault(frames)
      if (fault === undefined) return []
      return [{ expected: 'frames that can be turned into a table', found: fault }]
    },
  },
]

/** What fails in the frames that declare the type, whatever lies beside them: remainder is permitted (PLANE-008). */
function ownFault(frames: readonly Frame[]): string | undefined {
  const [first] = frames
  const type = first === undefined ? undefined : declarationOf(first)?.type
  if (type === undefined) return undefined
  const input = sqlInput(declaring(frames, type).map(({ frame }) => frame))
  return input.kind === 'converted' ? input.fault : undefined
}
