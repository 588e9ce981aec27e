import { defineRules } from '../kernel/rule.ts'

/** What a QueryData answer has to be (rpc.md section 2). */
export const rules = defineRules('query', {
  'every-refid-answered': {
    statement: 'QueryData answers every refId that it was asked for.',
    level: 'must',
    consequence: 'the query without an answer shows "No data" and no error; alert rules on it go to NoData.',
    sources: [
      { spec: 'DATA-201' },
      { spec: 'DATA-407' },
      { spec: 'ALERT-001' },
      { proto: 'QueryDataResponse.responses' },
    ],
  },
  'no-refid-unasked': {
    statement: 'QueryData answers no refId that it was not asked for.',
    level: 'should',
    consequence: 'the extra answer is dropped, but an error in it fails the whole request.',
    sources: [{ spec: 'DATA-202' }],
  },
  'duplicate-refids-do-no-harm': {
    statement: 'Two queries with the same refId get one response, or the call is refused.',
    level: 'should',
    consequence: 'none through the UI, which refuses such requests; other callers lose both answers.',
    sources: [{ spec: 'DATA-109' }],
  },
  'empty-batch-is-answered': {
    statement: 'A request without queries is answered OK without responses.',
    level: 'should',
    consequence: 'none through the UI, which refuses such requests; other callers see a failed plugin.',
    sources: [{ spec: 'DATA-107' }],
  },
  'edge-values-are-survived': {
    statement: 'No value of time range, interval or maxDataPoints ends or hangs the plugin.',
    level: 'must',
    consequence: 'one panel with an odd time range takes the plugin down for everybody.',
    sources: [{ spec: 'DATA-105' }, { proto: 'DataQuery.intervalMS' }],
  },
  'unknown-keys-are-ignored': {
    statement:
      'Unknown keys, missing optional keys and null values in a query model do not change whether the query succeeds.',
    level: 'must',
    consequence: 'queries fail after an upgrade of Grafana, or in dashboards saved by a newer plugin.',
    sources: [{ spec: 'DATA-106' }, { proto: 'DataQuery.json' }],
  },
  'hidden-queries-are-executed': {
    statement: 'A query whose model says `"hide": true` is answered like any other.',
    level: 'should',
    consequence: 'expressions and alert rules over a hidden query get no data.',
    sources: [{ spec: 'DATA-108' }],
  },
  'status-is-explicit': {
    statement:
      'Every response carries a status between 100 and 599 that is 2xx without an error and 4xx or 5xx with one.',
    level: 'must',
    consequence:
      'a status of 0 is read as 500 although the query worked; clients and metrics count a failure.',
    sources: [{ spec: 'DATA-301' }, { proto: 'DataResponse.status' }],
  },
  'error-source-is-known': {
    statement: 'The errorSource of a failed query is `plugin`, `downstream` or empty.',
    level: 'should',
    consequence:
      'any other text counts as `plugin`, so that an outage of the database is booked on the plugin.',
    sources: [{ spec: 'DATA-304' }, { proto: 'DataResponse.errorSource' }],
  },
  'downstream-failures-are-marked': {
    statement: 'A query that fails in the queried system says errorSource `downstream`.',
    level: 'should',
    consequence: 'an outage of the database is booked on the plugin.',
    sources: [{ spec: 'DATA-304' }, { proto: 'DataResponse.errorSource' }],
  },
  'failed-query-has-an-error': {
    statement: 'A query that fails has a non-empty error in its response.',
    level: 'must',
    consequence: 'the failure shows as an empty panel, and alert rules go to NoData instead of Error.',
    sources: [{ spec: 'DATA-302' }, { proto: 'DataResponse.error' }],
  },
  'failures-are-answered-in-band': {
    statement: 'A query that fails is answered by its own error and not by a gRPC error of the whole call.',
    level: 'should',
    consequence: 'the user reads "An error occurred within the plugin"; the cause is in the server log only.',
    sources: [{ spec: 'ERR-006' }, { spec: 'DATA-204' }],
  },
  'failure-stays-in-its-query': {
    statement: 'A query that fails does so in its own response and leaves the others of the request alone.',
    level: 'must',
    consequence: 'all queries of the panel fail with HTTP 500 and "An error occurred within the plugin".',
    sources: [{ spec: 'DATA-204' }, { spec: 'PLANE-009' }],
  },
  'error-text-is-useful': {
    statement: 'The error of a query says what failed, in less than 4 KiB and without a stack trace.',
    level: 'should',
    consequence: 'the panel shows an error that nobody can read or act upon.',
    sources: [{ spec: 'DATA-303' }],
  },
  'expected-data-arrives': {
    statement: 'A query that is known to have data is answered with at least one row.',
    level: 'must',
    consequence: 'the panel shows "No data" or an error.',
    sources: [{ spec: 'DATA-201' }, { spec: 'DATA-302' }],
  },
  'no-data-is-no-error': {
    statement: 'A query that finds nothing succeeds, with an empty frame or without frames.',
    level: 'should',
    consequence: 'alert rules go to Error instead of NoData, and panels show an error for quiet hours.',
    sources: [{ spec: 'DATA-205' }, { spec: 'FRAME-041' }],
  },
  'values-travel-unchanged': {
    statement: 'The values that a query has to answer with arrive exactly, whatever their type and size.',
    level: 'must',
    consequence: 'ids lose digits, empty texts turn into nulls and events move in time, without any error.',
    sources: [
      { spec: 'FRAME-027' },
      { spec: 'FRAME-031' },
      { spec: 'FRAME-032' },
      { spec: 'FRAME-037' },
      { spec: 'DATA-209' },
      { spec: 'DATA-210' },
    ],
  },
})
