import type { RuleDefinition } from '../../kernel/rule.ts'

/** What a declared set of numbers has (frames.md 5.3). */
export const numericRules = {
  'numbers-stand-in-one-row': {
    statement: 'A frame of type numeric-wide or numeric-multi has at most one row.',
    level: 'must',
    consequence: 'with two rows each number silently has no value: alert rules go to NoData.',
    sources: [{ spec: 'PLANE-025' }, { spec: 'PLANE-026' }, { doc: 'traps T-26 of frames.md section 8' }],
  },
  'numeric-wide-has-no-booleans': {
    statement: 'The values of a numeric-wide frame are numbers and not booleans.',
    level: 'must',
    consequence: 'expressions and alert rules do not see boolean fields of this type.',
    sources: [{ spec: 'PLANE-025' }, { upstream: 'grafana/dataplane:sdata/numeric/wide.go' }],
  },
  'numeric-multi-frames-have-a-value': {
    statement: 'Every frame of type numeric-multi has a value field.',
    level: 'must',
    consequence: 'expressions and alert rules skip the frame without a word.',
    sources: [{ spec: 'PLANE-026' }],
  },
  'numeric-long-rows-have-dimensions': {
    statement: 'A numeric-long frame with several rows has a string column that tells them apart.',
    level: 'must',
    consequence: 'alert rules fail with "frame cannot uniquely be identified by its labels".',
    sources: [{ spec: 'PLANE-027' }],
  },
  'numeric-multi-stands-alone': {
    statement: 'All frames of a numeric-multi response declare this type.',
    level: 'must',
    consequence:
      'expressions and alert rules fail with "frame has wrong type, expected NumericMulti", or with "alert rule panic" when the frame has no meta.',
    sources: [{ spec: 'PLANE-031' }, { doc: 'traps T-27 of frames.md section 8' }],
  },
} as const satisfies Readonly<Record<string, RuleDefinition>>
