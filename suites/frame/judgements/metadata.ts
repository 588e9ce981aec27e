import type { Frame } from '../../../host/frames/frame.ts'
import type { Judgement } from '../judgement.ts'
import { rules } from '../rules.ts'
import { has, hasConfig, hasField, hasMeta, isArrowWith, isDescribed } from './looks.ts'

/** How the rules about metadata are judged. */
export const metadataJudgements: readonly Judgement[] = [
  {
    rule: rules['metadata-keys-are-spelt-right'],
    faults: ['META-001', 'META-002'],
    about: 'in Arrow format with metadata',
    relevant: isArrowWith(isDescribed),
  },
  {
    rule: rules['metadata-keys-are-unique'],
    faults: ['META-003'],
    about: 'in Arrow format with metadata',
    relevant: isArrowWith(isDescribed),
  },
  {
    rule: rules['metadata-is-json'],
    faults: ['META-004'],
    about: 'in Arrow format with meta, labels or config',
    relevant: isArrowWith(hasDocument),
  },
  {
    rule: rules['metadata-is-typed'],
    faults: ['META-005', 'META-010', 'META-032', 'META-033', 'META-034', 'META-039'],
    about: 'with meta or config',
    relevant: has(
      (frame) => frame.meta !== undefined || frame.fields.some(({ config }) => config !== undefined),
    ),
  },
  {
    rule: rules['labels-are-texts'],
    faults: ['META-030'],
    about: 'with labels',
    relevant: has(hasField(({ labels }) => labels !== undefined)),
  },
  {
    rule: rules['notices-are-readable'],
    faults: ['META-011', 'META-012'],
    about: 'with meta.notices',
    relevant: has(hasMeta('notices')),
  },
  {
    rule: rules['mappings-are-readable'],
    faults: ['META-035'],
    about: 'with config.mappings',
    relevant: has(hasConfig('mappings')),
  },
  {
    rule: rules['threshold-steps-are-readable'],
    faults: ['META-036'],
    about: 'with config.thresholds',
    relevant: has(hasConfig('thresholds')),
  },
  {
    rule: rules['messages-stay-out-of-metadata'],
    faults: ['META-008'],
    about: 'with metadata',
    relevant: has(isDescribed),
  },
  {
    rule: rules['own-data-stands-in-custom'],
    advice: ['META-006'],
    about: 'with meta or config',
    relevant: has(
      ({ meta, fields }) => meta !== undefined || fields.some(({ config }) => config !== undefined),
    ),
  },
  {
    rule: rules['notices-say-something'],
    advice: ['META-013'],
    about: 'with meta.notices',
    relevant: has(hasMeta('notices')),
  },
  {
    rule: rules['stats-are-complete'],
    advice: ['META-014'],
    about: 'with meta.stats',
    relevant: has(hasMeta('stats')),
  },
  {
    rule: rules['visualisation-is-known'],
    advice: ['META-015'],
    about: 'with meta.preferredVisualisationType',
    relevant: has(hasMeta('preferredVisualisationType')),
  },
  {
    rule: rules['topic-is-known'],
    advice: ['META-017'],
    about: 'with meta.dataTopic',
    relevant: has(hasMeta('dataTopic')),
  },
  {
    rule: rules['row-ids-point-at-fields'],
    advice: ['META-018'],
    about: 'with meta.uniqueRowIdFields',
    relevant: has(hasMeta('uniqueRowIdFields')),
  },
  {
    rule: rules['labels-stand-where-they-count'],
    advice: ['META-031'],
    about: 'with labels',
    relevant: has(hasField(({ labels }) => labels !== undefined)),
  },
  {
    rule: rules['thresholds-ascend'],
    advice: ['META-037'],
    about: 'with config.thresholds',
    relevant: has(hasConfig('thresholds')),
  },
  {
    rule: rules['display-name-is-the-users'],
    advice: ['META-038'],
    about: 'with config',
    relevant: has(hasField(({ config }) => config !== undefined)),
  },
]

function hasDocument({ meta, fields }: Frame): boolean {
  return (
    meta !== undefined || fields.some(({ labels, config }) => labels !== undefined || config !== undefined)
  )
}
