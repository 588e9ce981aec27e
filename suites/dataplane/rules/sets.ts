import type { RuleDefinition } from '../../kernel/rule.ts'

/** What holds for every set of items, series or numbers (frames.md 5.1). */
export const setRules = {
  'items-are-distinct': {
    statement: 'No two items of a declared response have the same name and the same dimensions.',
    level: 'must',
    consequence:
      'legends show the same name twice, and alert rules on the query fail with "frame cannot uniquely be identified by its labels".',
    sources: [{ spec: 'PLANE-004' }, { doc: 'traps T-20 of frames.md section 8' }],
  },
  'no-data-stands-alone': {
    statement: 'A declared frame without fields, which means "no data", is the only frame of its response.',
    level: 'must',
    consequence:
      'the data beside it are ignored, or expressions and alert rules fail with "has zero or null fields which is invalid when more than one frame".',
    sources: [{ spec: 'PLANE-006' }],
  },
  'formats-of-one-frame-have-one': {
    statement: 'A response of a wide or long type has exactly one frame that declares it.',
    level: 'must',
    consequence:
      'expressions and alert rules read the first frame only; the other series do not exist for them.',
    sources: [{ spec: 'PLANE-015' }, { spec: 'PLANE-017' }, { spec: 'PLANE-025' }, { spec: 'PLANE-027' }],
  },
  'frames-of-a-multi-type-have-one-value': {
    statement: 'A frame of a multi type has one value field.',
    level: 'should',
    consequence: 'expressions and alert rules read the first value field; the others do not exist for them.',
    sources: [{ spec: 'PLANE-016' }, { spec: 'PLANE-026' }],
  },
  'long-formats-have-no-labels': {
    statement: 'The fields of a long type have no labels: its dimensions are string columns.',
    level: 'must',
    consequence:
      'the labels are lost: alert instances and series are told apart by the string columns alone.',
    sources: [{ spec: 'PLANE-017' }, { spec: 'PLANE-027' }],
  },
  'dimensions-have-different-names': {
    statement: 'No two string columns of a long type have the same name.',
    level: 'must',
    consequence: 'the later column replaces the earlier one, so that a dimension is lost.',
    sources: [{ spec: 'PLANE-017' }, { spec: 'PLANE-027' }],
  },
} as const satisfies Readonly<Record<string, RuleDefinition>>
