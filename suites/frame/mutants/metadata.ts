import { defineMutant } from '../../kernel/mutant.ts'
import { addColumnMetadata, addFrameMetadata, renameKeys } from '../forge/change-arrow.ts'
import { changeField, configure, describe } from '../forge/change-frame.ts'
import { forgeArrow, forgeFrame } from '../forge/forge.ts'
import type { Mutate } from '../forge/forge.ts'
import type { Rule } from '../../kernel/rule.ts'
import { rules } from '../rules.ts'

/** Misdeeds in metadata that are one value at one place: id, rule, change. */
const values: readonly (readonly [id: string, rule: Rule, mutate: Mutate])[] = [
  [
    'writes-the-type-version-as-text',
    rules['metadata-is-typed'],
    forgeFrame('described table', describe({ typeVersion: '0.1' })),
  ],
  [
    'writes-the-executed-query-as-an-object',
    rules['metadata-is-typed'],
    forgeFrame('described table', describe({ executedQueryString: { sql: 'SELECT 1' } })),
  ],
  [
    'writes-decimals-as-a-fraction',
    rules['metadata-is-typed'],
    forgeFrame('labelled series', configure('load', { decimals: 2.5 })),
  ],
  [
    'writes-max-as-text',
    rules['metadata-is-typed'],
    forgeFrame('labelled series', configure('load', { max: '100' })),
  ],
  [
    'writes-the-colour-as-text',
    rules['metadata-is-typed'],
    forgeFrame('labelled series', configure('load', { color: 'red' })),
  ],
  [
    'writes-link-times-in-words',
    rules['metadata-is-typed'],
    forgeFrame(
      'labelled series',
      configure('load', { links: [{ title: 'x', internal: { timeRange: { from: 'now-1h' } } }] }),
    ),
  ],
  [
    'invents-a-severity',
    rules['notices-are-readable'],
    forgeFrame('described table', describe({ notices: [{ severity: 'warn', text: 'Cut.' }] })),
  ],
  [
    'names-the-inspector-tab-in-words',
    rules['notices-are-readable'],
    forgeFrame('described table', describe({ notices: [{ text: 'Cut.', inspect: 'meta' }] })),
  ],
  [
    'maps-by-regular-expression',
    rules['mappings-are-readable'],
    forgeFrame(
      'labelled series',
      configure('load', { mappings: [{ type: 'regex', options: { pattern: '.*', result: {} } }] }),
    ),
  ],
  [
    'adds-a-key-to-a-threshold',
    rules['threshold-steps-are-readable'],
    forgeFrame(
      'labelled series',
      configure('load', {
        thresholds: { mode: 'absolute', steps: [{ value: null, color: 'red', index: 0 }] },
      }),
    ),
  ],
  [
    'hides-a-warning-in-meta',
    rules['messages-stay-out-of-metadata'],
    forgeFrame('described table', describe({ warnings: ['The table was cut.'] })),
  ],
  [
    'puts-its-own-key-beside-custom',
    rules['own-data-stands-in-custom'],
    forgeFrame('described table', describe({ searchWords: ['cut'] })),
  ],
  [
    'configures-what-only-browsers-know',
    rules['own-data-stands-in-custom'],
    forgeFrame('labelled series', configure('load', { fieldMinMax: true })),
  ],
  [
    'shows-a-notice-without-text',
    rules['notices-say-something'],
    forgeFrame('described table', describe({ notices: [{ severity: 'info', text: '' }] })),
  ],
  [
    'sends-a-statistic-without-name',
    rules['stats-are-complete'],
    forgeFrame('described table', describe({ stats: [{ value: 1 }] })),
  ],
  [
    'spells-flame-graph-in-its-own-way',
    rules['visualisation-is-known'],
    forgeFrame('described table', describe({ preferredVisualisationType: 'flameGraph' })),
  ],
  [
    'invents-a-topic',
    rules['topic-is-known'],
    forgeFrame('described table', describe({ dataTopic: 'annotation' })),
  ],
  [
    'counts-row-id-fields-from-one',
    rules['row-ids-point-at-fields'],
    forgeFrame('described table', describe({ uniqueRowIdFields: [1, 2] })),
  ],
  [
    'keeps-the-executed-query-to-itself',
    rules['executed-query-is-told'],
    forgeFrame('executed query', (frame) => ({ ...frame, meta: {} })),
  ],
  [
    'labels-the-time-of-a-series',
    rules['labels-stand-where-they-count'],
    forgeFrame(
      'labelled series',
      changeField('time', (field) => ({ ...field, labels: { host: 'a' } })),
    ),
  ],
  [
    'writes-a-label-twice',
    rules['labels-stand-where-they-count'],
    forgeArrow('described table', addColumnMetadata('count', ['labels', '{"shard":"1","shard":"2"}'])),
  ],
  [
    'sends-thresholds-in-any-order',
    rules['thresholds-ascend'],
    forgeFrame(
      'labelled series',
      configure('load', {
        thresholds: {
          mode: 'absolute',
          steps: [
            { value: null, color: 'green' },
            { value: 90, color: 'red' },
            { value: 80, color: 'orange' },
          ],
        },
      }),
    ),
  ],
  [
    'names-series-by-display-name',
    rules['display-name-is-the-users'],
    forgeFrame('labelled series', configure('load', { displayName: 'load of a' })),
  ],
]

/** Misdeeds in metadata. */
export const metadataMutants = [
  defineMutant({
    id: 'spells-metadata-keys-in-lower-case',
    breaks: [rules['metadata-keys-are-spelt-right']],
    mutate: forgeArrow(
      'described table',
      renameKeys((key) => (key === 'refId' ? 'refid' : key)),
    ),
  }),
  defineMutant({
    id: 'capitalises-the-keys-of-fields',
    breaks: [rules['metadata-keys-are-spelt-right']],
    mutate: forgeArrow(
      'labelled series',
      renameKeys((key) => (key === 'labels' ? 'Labels' : key)),
    ),
  }),
  defineMutant({
    id: 'writes-a-metadata-key-twice',
    breaks: [rules['metadata-keys-are-unique']],
    mutate: forgeArrow('described table', addFrameMetadata(['name', 'another name'])),
  }),
  defineMutant({
    id: 'writes-an-empty-text-for-no-config',
    breaks: [rules['metadata-is-json']],
    mutate: forgeArrow('described table', addColumnMetadata('count', ['config', ''])),
  }),
  defineMutant({
    id: 'writes-labels-as-numbers',
    breaks: [rules['labels-are-texts']],
    mutate: forgeArrow('described table', addColumnMetadata('count', ['labels', '{"shard":1}'])),
  }),
  defineMutant({
    id: 'hides-an-error-in-the-schema',
    breaks: [rules['messages-stay-out-of-metadata']],
    mutate: forgeArrow('described table', addFrameMetadata(['error', 'The table was cut.'])),
  }),
  ...values.map(([id, rule, mutate]) => defineMutant({ id, breaks: [rule], mutate })),
]
