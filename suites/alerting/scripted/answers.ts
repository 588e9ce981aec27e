import type { Frame } from '../../../host/frames/frame.ts'
import { column, times } from '../../dataplane/scripted/columns.ts'
import type { Rule } from '../../kernel/rule.ts'
import { rules } from '../rules.ts'

/** Frames that are asked for as an alert rule asks, and the rules that they are good examples of. */
interface ScriptedAnswer {
  readonly frames: readonly Frame[]
  readonly judges: readonly Rule[]
}

const minutes = [0, 1, 2]

/** The answers, by refId. The names of frames tell mutants where to strike; where a name matters, that of the first value does. */
export const scriptedAnswers: Readonly<Record<string, ScriptedAnswer>> = {
  typed: {
    frames: [
      {
        name: 'alert typed',
        refId: '',
        meta: { type: 'timeseries-wide', typeVersion: [0, 1] },
        fields: [
          times('time', minutes),
          column('load', 'float64', [1, 2, 3], { host: 'a' }),
          column('load', 'float64', [1, 2, 3], { host: 'b' }),
        ],
      },
    ],
    judges: [
      rules['contract-type-is-declared'],
      rules['answers-become-series-or-numbers'],
      rules['items-are-few'],
      rules['sql-can-read-the-answer'],
      rules['sql-conversion-succeeds'],
    ],
  },
  untyped: {
    frames: [
      {
        name: '',
        refId: '',
        fields: [
          times('time', minutes),
          column('alert cpu', 'float64', [1, 2, 3], { host: 'a' }),
          column('alert memory', 'int64', [1n, 2n, 3n], { host: 'b' }),
        ],
      },
    ],
    judges: [
      rules['answers-become-series-or-numbers'],
      rules['values-are-numbers'],
      rules['times-are-known'],
      rules['series-keep-their-names'],
    ],
  },
  'one-untyped': {
    frames: [
      {
        name: 'alert untyped',
        refId: '',
        fields: [times('time', minutes), column('load', 'float64', [1, 2, 3])],
      },
    ],
    judges: [
      rules['answers-become-series-or-numbers'],
      rules['values-are-numbers'],
      rules['times-are-known'],
    ],
  },
  numbers: {
    frames: [
      {
        name: 'alert numbers',
        refId: '',
        fields: [column('host', 'string', ['a', 'b']), column('load', 'float64', [0, 1.5])],
      },
    ],
    judges: [
      rules['answers-become-series-or-numbers'],
      rules['missing-numbers-are-no-rows'],
      rules['sql-can-read-the-answer'],
    ],
  },
  empty: {
    frames: [
      {
        name: 'alert empty',
        refId: '',
        fields: [times('time', []), column('load', 'float64', [])],
      },
    ],
    judges: [rules['empty-answers-are-no-data']],
  },
  'no-data': {
    frames: [{ name: '', refId: '', fields: [] }],
    judges: [rules['empty-answers-are-no-data']],
  },
}
