import type { RuleDefinition } from '../../kernel/rule.ts'

/** What a declared time series has (frames.md 5.2). */
export const timeSeriesRules = {
  'time-series-have-a-time': {
    statement: 'Every frame of a declared time series type has a time field that is declared non-nullable.',
    level: 'must',
    consequence: 'expressions and alert rules fail with "frame 0 is missing a []time.Time field".',
    sources: [{ spec: 'PLANE-012' }],
  },
  'time-series-have-values': {
    statement: 'Every frame of a declared time series type has a field of numbers or booleans.',
    level: 'must',
    consequence: 'expressions and alert rules fail with "frame is missing a numeric value field".',
    sources: [{ spec: 'PLANE-013' }],
  },
  'times-ascend': {
    statement: 'The times of a declared series ascend, and none of them stands twice.',
    level: 'should',
    consequence: 'lines run in zig-zag, and sums and counts of expressions count points twice.',
    sources: [
      { spec: 'PLANE-014' },
      { upstream: 'grafana/grafana:packages/grafana-data/src/dataframe/utils.ts' },
    ],
  },
} as const satisfies Readonly<Record<string, RuleDefinition>>
