import type { Field, Frame } from '../../host/frames/frame.ts'
import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { rules as dataplaneRules } from '../dataplane/rules.ts'
import { column, times } from '../dataplane/scripted/columns.ts'
import { changeField } from '../frame/forge/change-frame.ts'
import { forgeFrame } from '../frame/forge/forge.ts'
import { defineMutant } from '../kernel/mutant.ts'
import { varyAnswer } from '../query/vary-data.ts'
import { rules } from './rules.ts'

/** Misdeeds in answers to alert rules, each in one of the frames of alerting/known-shapes. */
export const mutants = [
  defineMutant({
    id: 'leaves-the-type-of-series-to-guesses',
    breaks: [rules['contract-type-is-declared'], rules['sql-can-read-the-answer']],
    mutate: forgeFrame('alert typed', (frame) => ({ ...frame, meta: {} })),
  }),
  defineMutant({
    id: 'puts-a-text-beside-a-series',
    breaks: [rules['answers-become-series-or-numbers']],
    mutate: forgeFrame('alert untyped', (frame) => ({
      ...frame,
      fields: [...frame.fields, column('host', 'string', ['a', 'b', 'c'])],
    })),
  }),
  defineMutant({
    id: 'sends-two-numbers-for-each-row',
    breaks: [rules['answers-become-series-or-numbers']],
    mutate: forgeFrame('alert numbers', (frame) => ({
      ...frame,
      fields: [...frame.fields, column('memory', 'float64', [1, 2])],
    })),
  }),
  defineMutant({
    id: 'sends-json-as-a-series',
    breaks: [rules['values-are-numbers']],
    mutate: forgeFrame(
      'alert untyped',
      changeField('load', (field) => ({ ...field, type: 'json', values: ['1', '2', '3'] })),
    ),
  }),
  defineMutant({
    id: 'sends-a-second-time-beside-a-series',
    breaks: [rules['values-are-numbers']],
    mutate: forgeFrame('alert untyped', (frame) => ({
      ...frame,
      fields: [...frame.fields, withLabels({ kind: 'seen' }, times('seen', [0, 1, 2]))],
    })),
  }),
  defineMutant({
    id: 'sends-a-series-with-a-missing-time',
    breaks: [rules['times-are-known']],
    mutate: forgeFrame(
      'alert untyped',
      changeField('time', (field) => ({
        ...field,
        nullable: true,
        values: field.values.map((value, row) => (row === 1 ? null : value)),
      })),
    ),
  }),
  defineMutant({
    id: 'finds-no-integers',
    breaks: [rules['empty-answers-are-no-data']],
    mutate: forgeFrame(
      'alert empty',
      changeField('load', (field) => ({ ...field, type: 'int64' })),
    ),
  }),
  defineMutant({
    id: 'names-the-frame-and-so-its-series',
    breaks: [rules['series-keep-their-names']],
    mutate: forgeSeries('alert cpu', (frame) => ({ ...frame, name: 'response' })),
  }),
  defineMutant({
    id: 'tells-series-apart-by-name-only',
    breaks: [rules['items-differ-in-their-labels']],
    mutate: forgeSeries('alert cpu', (frame) => ({
      ...frame,
      fields: frame.fields.map((field) => withLabels({}, field)),
    })),
  }),
  defineMutant({
    id: 'sends-null-for-a-missing-number',
    breaks: [rules['missing-numbers-are-no-rows']],
    mutate: forgeFrame(
      'alert numbers',
      changeField('load', (field) => ({ ...field, nullable: true, values: [0, null] })),
    ),
  }),
  defineMutant({
    id: 'sends-two-thousand-series-to-a-rule',
    breaks: [rules['items-are-few']],
    mutate: forgeFrame('alert typed', (frame) => ({
      ...frame,
      fields: [
        times('time', [0]),
        ...Array.from({ length: 2000 }, (_, host) =>
          column('load', 'float64', [1], { host: `host-${host}` }),
        ),
      ],
    })),
  }),
  defineMutant({
    id: 'labels-a-table-of-numbers',
    breaks: [rules['sql-can-read-the-answer']],
    mutate: forgeFrame(
      'alert numbers',
      changeField('load', (field) => withLabels({ unit: 's' }, field)),
    ),
  }),
  defineMutant({
    id: 'adds-remainder-to-wide-series',
    breaks: [rules['sql-can-read-the-answer']],
    mutate: addFrame(() => ({ name: 'remainder', refId: '', fields: [] })),
  }),
  defineMutant({
    id: 'sends-its-wide-series-in-two-frames',
    breaks: [rules['sql-conversion-succeeds'], dataplaneRules['formats-of-one-frame-have-one']],
    mutate: addFrame((frame) => ({ ...frame, name: 'more of it' })),
  }),
]

/** Changes the frame that has a field of this name. */
function forgeSeries(name: string, change: (frame: Frame) => Frame): (base: Behaviour) => Behaviour {
  return (base) => ({
    ...base,
    data: {
      ...base.data,
      encodeFrame(frame, format, call) {
        const meant = frame.fields.some((field) => field.name === name)
        return base.data.encodeFrame(meant ? change(frame) : frame, format, call)
      },
    },
  })
}

/** Adds a frame to the typed answer of alerting/known-shapes. */
function addFrame(make: (frame: Frame) => Frame): (base: Behaviour) => Behaviour {
  return varyAnswer((answer) => {
    const [first] = answer.frames
    return first?.name === 'alert typed' ? { ...answer, frames: [...answer.frames, make(first)] } : answer
  })
}

function withLabels(labels: Readonly<Record<string, string>>, field: Field): Field {
  return { ...field, labels }
}
