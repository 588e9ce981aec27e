import type { Field, Frame } from '../../host/frames/frame.ts'
import { rules as alertingRules } from '../alerting/rules.ts'
import { changeField, describe } from '../frame/forge/change-frame.ts'
import { forgeFrame } from '../frame/forge/forge.ts'
import { rules as frameRules } from '../frame/rules.ts'
import { defineMutant } from '../kernel/mutant.ts'
import { rules } from './rules.ts'
import { column } from './scripted/columns.ts'

/** Misdeeds in declared sets of series and numbers, each in one of the frames of dataplane/declared-shapes. */
export const setMutants = [
  defineMutant({
    id: 'declares-a-version-to-come',
    breaks: [rules['version-is-that-of-the-type']],
    mutate: forgeFrame('wide series', describe({ typeVersion: [0, 2] })),
  }),
  defineMutant({
    id: 'declares-a-contract-type-without-version',
    breaks: [rules['version-is-that-of-the-type']],
    mutate: forgeFrame('wide series', withMeta({ type: 'timeseries-wide' })),
  }),
  defineMutant({
    id: 'declares-its-types-from-the-second-frame-on',
    breaks: [rules['first-frame-declares-the-type']],
    mutate: forgeFrame('series of a', withMeta({})),
  }),
  defineMutant({
    id: 'declares-another-type-in-every-frame',
    breaks: [rules['one-type-per-response']],
    mutate: forgeFrame('series of b', describe({ type: 'timeseries-wide' })),
  }),
  defineMutant({
    id: 'gives-two-frames-the-same-item',
    breaks: [rules['items-are-distinct'], alertingRules['items-differ-in-their-labels']],
    mutate: forgeFrame('series of b', label({ host: 'a' })),
  }),
  defineMutant({
    id: 'gives-two-rows-the-same-dimensions',
    breaks: [rules['items-are-distinct'], alertingRules['items-differ-in-their-labels']],
    mutate: forgeFrame('long numbers', changeField('host', fill(['a', 'a']))),
  }),
  defineMutant({
    id: 'adds-an-empty-frame-to-its-series',
    breaks: [rules['no-data-stands-alone']],
    mutate: forgeFrame('series of b', (frame) => ({ ...frame, fields: [] })),
  }),
  defineMutant({
    id: 'declares-two-wide-frames',
    breaks: [rules['formats-of-one-frame-have-one']],
    mutate: forgeFrame('remainder', withMeta({ type: 'timeseries-wide', typeVersion: [0, 1] })),
  }),
  defineMutant({
    id: 'puts-two-values-into-a-multi-frame',
    breaks: [rules['frames-of-a-multi-type-have-one-value']],
    mutate: forgeFrame('number of b', (frame) => ({
      ...frame,
      fields: [...frame.fields, column('memory', 'float64', [1], { host: 'b' })],
    })),
  }),
  defineMutant({
    id: 'labels-the-values-of-a-long-frame',
    breaks: [rules['long-formats-have-no-labels']],
    mutate: forgeFrame('long series', label({ zone: 'x' })),
  }),
  defineMutant({
    id: 'calls-two-dimensions-alike',
    breaks: [rules['dimensions-have-different-names'], frameRules['fields-are-distinct']],
    mutate: forgeFrame(
      'long series',
      // The later column wins, so it is the one that tells the rows apart.
      (frame) => ({ ...frame, fields: frame.fields.map(swapDimensions) }),
    ),
  }),
  defineMutant({
    id: 'declares-a-series-with-nullable-times',
    breaks: [rules['time-series-have-a-time']],
    mutate: forgeFrame(
      'series of b',
      changeField('time', (field) => ({ ...field, nullable: true })),
    ),
  }),
  defineMutant({
    id: 'declares-a-series-of-texts',
    breaks: [rules['time-series-have-values']],
    mutate: forgeFrame(
      'wide booleans',
      changeField('up', (field) => ({ ...field, type: 'string', values: field.values.map(String) })),
    ),
  }),
  defineMutant({
    id: 'sends-the-newest-point-first',
    breaks: [rules['times-ascend']],
    mutate: forgeFrame(
      'series of b',
      changeField('time', (field) => ({ ...field, values: field.values.toReversed() })),
    ),
  }),
  defineMutant({
    id: 'sends-a-point-of-a-long-series-twice',
    breaks: [rules['times-ascend']],
    mutate: forgeFrame('long series', changeField('host', fill(['a', 'a', 'a', 'b']))),
  }),
  defineMutant({
    id: 'sends-numbers-in-two-rows',
    breaks: [rules['numbers-stand-in-one-row']],
    mutate: forgeFrame('wide numbers', (frame) => ({
      ...frame,
      fields: frame.fields.map((field) => ({ ...field, values: [...field.values, ...field.values] })),
    })),
  }),
  defineMutant({
    id: 'sends-a-boolean-as-a-number-of-a-wide-frame',
    breaks: [rules['numeric-wide-has-no-booleans']],
    mutate: forgeFrame('wide numbers', (frame) => ({
      ...frame,
      fields: [...frame.fields, column('up', 'bool', [true], { host: 'c' })],
    })),
  }),
  defineMutant({
    id: 'sends-a-number-as-text',
    breaks: [rules['numeric-multi-frames-have-a-value']],
    mutate: forgeFrame(
      'number of b',
      changeField('cpu', (field) => ({ ...field, type: 'string', values: ['2.5'] })),
    ),
  }),
  defineMutant({
    id: 'sends-rows-that-nothing-tells-apart',
    breaks: [rules['numeric-long-rows-have-dimensions'], alertingRules['items-differ-in-their-labels']],
    mutate: forgeFrame('long numbers', (frame) => ({
      ...frame,
      fields: frame.fields.filter(({ type }) => type !== 'string'),
    })),
  }),
  defineMutant({
    id: 'puts-an-undeclared-frame-beside-numbers',
    breaks: [rules['numeric-multi-stands-alone']],
    mutate: forgeFrame('number of b', withMeta({})),
  }),
]

/** Replaces `meta`. */
function withMeta(meta: Record<string, unknown>): (frame: Frame) => Frame {
  return (frame) => ({ ...frame, meta })
}

/** Gives the value field other labels. */
function label(labels: Readonly<Record<string, string>>): (frame: Frame) => Frame {
  return changeField('cpu', (field) => ({ ...field, labels }))
}

function fill(values: Field['values']): (field: Field) => Field {
  return (field) => ({ ...field, values })
}

function swapDimensions(field: Field): Field {
  if (field.name === 'host') return { ...field, values: field.values.map(() => 'x') }
  return field.name === 'zone' ? { ...field, name: 'host', values: ['a', 'b', 'a', 'b'] } : field
}
