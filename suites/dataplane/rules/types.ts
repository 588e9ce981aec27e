import type { RuleDefinition } from '../../kernel/rule.ts'

/** What frames declare (frames.md 5.1). */
export const typeRules = {
  'version-is-that-of-the-type': {
    statement:
      'A frame that declares a type declares the version of that type: 0.1 for time series and numeric types, 0.0 or none for all others.',
    level: 'should',
    consequence:
      'without version 0.1 the declaration counts for nothing and alert rules guess; with another one Grafana logs "Attempting to read mismatched version dataplane data" or falls back to guessing.',
    sources: [{ spec: 'PLANE-001' }, { upstream: 'grafana/dataplane:sdata/reader/reader.go' }],
  },
  'first-frame-declares-the-type': {
    statement: 'The first frame of a response declares the type and version under which it is to be read.',
    level: 'must',
    consequence:
      'the first frame alone decides: Grafana ignores what later frames declare, and alert rules fail with "input data must be a wide series" or evaluate something else.',
    sources: [{ spec: 'PLANE-002' }, { upstream: 'grafana/grafana:pkg/expr/dataplane.go' }],
  },
  'one-type-per-response': {
    statement: 'All frames of one response that declare a type declare the same one.',
    level: 'should',
    consequence: 'frames of the other types are ignored by expressions and alert rules, or make them fail.',
    sources: [{ spec: 'PLANE-003' }],
  },
} as const satisfies Readonly<Record<string, RuleDefinition>>
