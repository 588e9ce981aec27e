import type { Frame } from '../../../host/frames/frame.ts'
import { isMeasured } from '../findings/measurement-findings.ts'
import type { Judgement } from '../judgement.ts'
import { rules } from '../rules.ts'
import { has, hasField, hasNulls, hasValue, isArrowWith } from './looks.ts'

const withTimes = 'with instants'

/** How the rules about columns are judged; `arrives-as-built` has a case of its own. */
export const columnJudgements: readonly Judgement[] = [
  {
    rule: rules['column-types-are-known'],
    faults: ['FRAME-021'],
    about: 'in Arrow format with fields',
    relevant: isArrowWith(hasFields),
  },
  {
    rule: rules['no-extension-types'],
    advice: ['FRAME-022'],
    about: 'in Arrow format with fields',
    relevant: isArrowWith(hasFields),
  },
  {
    rule: rules['nulls-stay-nulls'],
    faults: ['FRAME-023', 'FRAME-024'],
    about: 'in Arrow format with nulls',
    relevant: isArrowWith(hasNulls),
  },
  {
    rule: rules['time-without-nulls-is-required'],
    advice: ['FRAME-025'],
    about: 'with a time column without nulls',
    relevant: has(
      hasField(({ type, nullable, values }) => type === 'time' && !nullable && values.length > 0),
    ),
  },
  {
    rule: rules['time-in-nanoseconds'],
    faults: ['FRAME-027'],
    about: 'in Arrow format with instants',
    relevant: isArrowWith(hasValue(['time'])),
  },
  {
    rule: rules['times-are-nanoseconds'],
    advice: ['FRAME-027'],
    about: withTimes,
    relevant: has(hasValue(['time'])),
  },
  {
    rule: rules['no-time-zone'],
    advice: ['FRAME-028'],
    about: 'in Arrow format with a time column',
    relevant: isArrowWith(hasField(({ type }) => type === 'time')),
  },
  {
    rule: rules['no-zero-time'],
    faults: ['FRAME-029'],
    about: 'in Arrow format with instants',
    relevant: isArrowWith(hasValue(['time'])),
  },
  {
    rule: rules['times-of-this-era'],
    advice: ['FRAME-029'],
    about: 'in Arrow format with instants',
    relevant: isArrowWith(hasValue(['time'])),
  },
  {
    rule: rules['texts-are-utf8'],
    faults: ['FRAME-031'],
    about: 'in Arrow format with texts',
    relevant: isArrowWith(hasValue(['string'])),
  },
  {
    rule: rules['json-cells-are-json'],
    faults: ['FRAME-033'],
    about: 'in Arrow format with JSON cells',
    relevant: isArrowWith(hasValue(['json'])),
  },
  {
    rule: rules['enum-names-its-values'],
    faults: ['FRAME-034'],
    about: 'with an enum column',
    relevant: has(hasValue(['enum'])),
  },
  {
    rule: rules['tstype-agrees'],
    advice: ['FRAME-035'],
    about: 'in Arrow format with fields',
    relevant: isArrowWith(hasFields),
  },
  {
    rule: rules['integers-survive-browsers'],
    advice: ['FRAME-036'],
    about: 'in Arrow format with 64-bit integers',
    relevant: isArrowWith(hasValue(['int64', 'uint64'])),
  },
  {
    rule: rules['no-measurement-is-null'],
    advice: ['FRAME-038'],
    about: 'with four floating-point values in a column, or more',
    relevant: has(hasField(isMeasured)),
  },
  {
    rule: rules['fields-are-distinct'],
    advice: ['FRAME-039'],
    about: 'with two fields or more',
    relevant: has(({ fields }) => fields.length > 1),
  },
  {
    rule: rules['fields-are-named'],
    advice: ['FRAME-040'],
    about: 'in Arrow format with fields',
    relevant: isArrowWith(hasFields),
  },
  {
    rule: rules['refid-is-that-of-the-query'],
    advice: ['DATA-203'],
    about: 'of any kind',
    relevant: has(() => true),
  },
]

function hasFields(frame: Frame): boolean {
  return frame.fields.length > 0
}
