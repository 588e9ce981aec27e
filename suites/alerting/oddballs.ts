import { column } from '../dataplane/scripted/columns.ts'
import { changeField } from '../frame/forge/change-frame.ts'
import { forgeFrame } from '../frame/forge/forge.ts'
import { defineOddball } from '../kernel/oddball.ts'
import { modelOf, varyAnswer } from '../query/vary-data.ts'

/** Legal habits in answers to alert rules. */
export const oddballs = [
  defineOddball({
    id: 'answers-alert-rules-without-frames',
    because: 'no frames at all are no data (ALERT-003)',
    vary: varyAnswer((answer, query) => (isAlert(query.refId) ? { ...answer, frames: [] } : answer)),
  }),
  defineOddball({
    id: 'answers-with-a-table-where-nothing-was-asked',
    because: 'a query that says nothing is no query of an alert rule (ALERT-002)',
    vary: varyAnswer((answer, query) =>
      modelOf(query)['conformance'] === undefined
        ? {
            ...answer,
            frames: [
              {
                name: 'table',
                refId: '',
                fields: [column('host', 'string', ['a', 'b']), column('up', 'bool', [true, false])],
              },
            ],
          }
        : answer,
    ),
  }),
  defineOddball({
    id: 'sends-a-table-of-numbers-without-rows',
    because: 'a number table may have zero rows (ALERT-004)',
    vary: forgeFrame('alert numbers', (frame) => ({
      ...frame,
      fields: frame.fields.map((field) => ({ ...field, values: [] })),
    })),
  }),
  defineOddball({
    id: 'counts-in-integers',
    because: 'every type of number converts to float64 (ALERT-006)',
    vary: forgeFrame(
      'alert untyped',
      changeField('load', (field) => ({ ...field, type: 'uint8', nullable: true, values: [1, null, 3] })),
    ),
  }),
  defineOddball({
    id: 'names-a-frame-of-one-series',
    because: 'the name of the frame may be that of its series (ALERT-009)',
    vary: forgeFrame('alert untyped', (frame) => ({ ...frame, name: 'load' })),
  }),
]

/** The refId that alerting/known-shapes gives to "no data". */
function isAlert(refId: string): boolean {
  return refId === 'no-data'
}
