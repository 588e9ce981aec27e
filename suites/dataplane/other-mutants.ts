import type { Field } from '../../host/frames/frame.ts'
import { changeField } from '../frame/forge/change-frame.ts'
import { forgeFrame } from '../frame/forge/forge.ts'
import type { Mutate } from '../frame/forge/forge.ts'
import { defineMutant } from '../kernel/mutant.ts'
import { rules } from './rules.ts'
import { column } from './scripted/columns.ts'

/** Misdeeds in log lines and in the types without a contract. */
export const otherMutants = [
  defineMutant({
    id: 'calls-the-body-of-a-line-message',
    breaks: [rules['log-lines-have-time-and-body']],
    mutate: forgeLines('body', (field) => ({ ...field, name: 'message' })),
  }),
  defineMutant({
    id: 'declares-the-body-of-a-line-nullable',
    breaks: [rules['log-columns-are-filled']],
    mutate: forgeLines('body', (field) => ({ ...field, nullable: true })),
  }),
  defineMutant({
    id: 'writes-the-labels-of-a-line-as-text',
    breaks: [rules['log-labels-are-objects']],
    mutate: forgeLines('labels', (field) => ({ ...field, type: 'string' })),
  }),
  defineMutant({
    id: 'writes-the-labels-of-a-line-as-a-list',
    breaks: [rules['log-labels-are-objects']],
    mutate: forgeLines('labels', (field) => ({ ...field, values: ['["app=a"]', '[]'] })),
  }),
  defineMutant({
    id: 'lets-explore-guess-what-log-lines-are',
    breaks: [rules['log-lines-ask-for-the-logs-view']],
    mutate: forgeFrame('lines', (frame) => ({ ...frame, meta: { type: 'log-lines', typeVersion: [0, 0] } })),
  }),
  defineMutant({
    id: 'numbers-its-lines-in-every-answer',
    breaks: [rules['log-ids-are-stable']],
    mutate(base) {
      let line = 0
      return forgeLines('id', (field) => ({ ...field, values: field.values.map(() => `line-${++line}`) }))(
        base,
      )
    },
  }),
  defineMutant({
    id: 'gives-all-lines-the-same-id',
    breaks: [rules['log-ids-are-unique']],
    mutate: forgeLines('id', (field) => ({ ...field, values: field.values.map(() => 'line') })),
  }),
  defineMutant({
    id: 'invents-a-log-level',
    breaks: [rules['log-severities-are-known']],
    mutate: forgeLines('severity', (field) => ({ ...field, values: ['info', 'serious'] })),
  }),
  defineMutant({
    id: 'writes-nanoseconds-as-text',
    breaks: [rules['log-nanoseconds-are-numbers']],
    mutate: forgeFrame('lines', (frame) => ({
      ...frame,
      fields: [...frame.fields, column('tsNs', 'string', ['1700000000000000000', '1700000060000000000'])],
    })),
  }),
  defineMutant({
    id: 'lists-sizes-before-media-types',
    breaks: [rules['listings-start-with-name-and-media-type']],
    mutate: forgeFrame('listing', ({ fields: [name, mediaType, size], ...frame }) => ({
      ...frame,
      fields: [name, size, mediaType].flatMap((field) => field ?? []),
    })),
  }),
  defineMutant({
    id: 'bounds-heatmap-rows-in-words',
    breaks: [rules['heatmap-rows-have-numeric-bounds']],
    mutate: forgeFrame(
      'heatmap rows',
      changeField('b', (field) => ({ ...field, labels: { le: 'more' } })),
    ),
  }),
  defineMutant({
    id: 'names-the-axes-of-a-heatmap-in-its-own-way',
    breaks: [rules['heatmap-cells-have-x-y-and-values']],
    mutate: forgeFrame(
      'heatmap cells',
      changeField('yMax', (field) => ({ ...field, name: 'bucket' })),
    ),
  }),
]

/** Changes a field of the log lines of dataplane/declared-shapes. */
function forgeLines(name: string, change: (field: Field) => Field): Mutate {
  return forgeFrame('lines', changeField(name, change))
}
