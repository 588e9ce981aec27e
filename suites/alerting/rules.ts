import { defineRules } from '../kernel/rule.ts'

/** What alert rules, expressions and SQL expressions make of an answer (frames.md section 6). */
export const rules = defineRules('alerting', {
  'contract-type-is-declared': {
    statement:
      'An answer to an alert rule declares one of the six time series and numeric types at version 0.1.',
    level: 'should',
    consequence:
      'Grafana guesses what the answer means, and the guess depends on which columns a query happens to have.',
    sources: [{ spec: 'ALERT-002' }, { upstream: 'grafana/grafana:pkg/expr/converter.go' }],
  },
  'answers-become-series-or-numbers': {
    statement: 'An answer to an alert rule can be read as series or as numbers.',
    level: 'must',
    consequence:
      'the rule is in state Error and is not tried again: "input data must be a wide series but got type long (input refid)".',
    sources: [
      { spec: 'ALERT-005' },
      { spec: 'ALERT-003' },
      { spec: 'ALERT-004' },
      { upstream: 'grafana/grafana:pkg/expr/converter.go' },
    ],
  },
  'values-are-numbers': {
    statement: 'Beside its time, an untyped series for an alert rule has columns of numbers only.',
    level: 'must',
    consequence:
      'the rule is in state Error, "no float64 value column found in frame", or evaluates instants as if they were values.',
    sources: [{ spec: 'ALERT-006' }, { upstream: 'grafana/grafana:pkg/expr/mathexp/type_series.go' }],
  },
  'times-are-known': {
    statement: 'The time of an untyped series for an alert rule has no nulls.',
    level: 'must',
    consequence: 'the rule is in state Error: "time series with null time stamps are not supported".',
    sources: [{ spec: 'ALERT-007' }],
  },
  'empty-answers-are-no-data': {
    statement: 'An untyped answer to an alert rule without rows has no fields, or values of type float64.',
    level: 'should',
    consequence: 'the rule is in state Error, "no float64 value column found in frame", instead of NoData.',
    sources: [{ spec: 'ALERT-008' }, { doc: 'traps T-19 of frames.md section 8' }],
  },
  'series-keep-their-names': {
    statement: 'An untyped frame with several series for an alert rule has no name of its own.',
    level: 'should',
    consequence: 'expressions give every series the name of the frame, so that all are called alike.',
    sources: [{ spec: 'ALERT-009' }, { upstream: 'grafana/grafana:pkg/expr/mathexp/type_series.go' }],
  },
  'items-differ-in-their-labels': {
    statement: 'The series or numbers of an answer that is meant for alerting differ in their labels.',
    level: 'must',
    consequence:
      'the whole rule is in state Error: "frame cannot uniquely be identified by its labels: has duplicate results". Names do not count.',
    sources: [
      { spec: 'ALERT-010' },
      { upstream: 'grafana/grafana:pkg/services/ngalert/eval/eval.go' },
      { doc: 'traps T-20 of frames.md section 8' },
    ],
  },
  'missing-numbers-are-no-rows': {
    statement: 'The number column of an untyped table for an alert rule has no nulls.',
    level: 'should',
    consequence: 'a missing value becomes NaN, which is not 0: the rule fires a false alarm.',
    sources: [{ spec: 'ALERT-012' }],
  },
  'items-are-few': {
    statement: 'An answer to an alert rule has at most a thousand series or numbers.',
    level: 'may',
    consequence:
      'where a limit is configured, "query evaluation returned too many results"; elsewhere slow evaluations.',
    sources: [{ spec: 'ALERT-013' }],
  },
  'sql-can-read-the-answer': {
    statement:
      'An answer for an alert rule can be the table of a SQL expression: a wide or multi type with nothing beside it, or one frame without labels.',
    level: 'should',
    consequence: 'SQL expressions on the query fail: "can not convert because the response …".',
    sources: [{ spec: 'ALERT-020' }, { upstream: 'grafana/grafana:pkg/expr/sql_command.go' }],
  },
  'sql-conversion-succeeds': {
    statement:
      'An answer of a wide or multi type for an alert rule has what SQL expressions need: one frame if wide, times without nulls, one row of numbers.',
    level: 'must',
    consequence:
      'SQL expressions on the query fail: "expected exactly one frame for wide format" or "missing time field".',
    sources: [{ spec: 'ALERT-021' }, { upstream: 'grafana/grafana:pkg/expr/convert_to_full_long.go' }],
  },
})
