import { defineRules } from '../kernel/rule.ts'

/** What a QueryData answer has to be (rpc.md section 2). */
export const rules = defineRules('query', {
  'every-refid-answered': {
    statement: 'QueryData answers every refId that it was asked for.',
    level: 'must',
    consequence: 'the query without an answer shows "No data" and no error; alert rules on it go to NoData.',
    sources: [{ spec: 'DATA-201' }, { spec: 'DATA-407' }, { proto: 'QueryDataResponse.responses' }],
  },
  'no-refid-unasked': {
    statement: 'QueryData answers no refId that it was not asked for.',
    level: 'should',
    consequence: 'the extra answer is dropped, but an error in it fails the whole request.',
    sources: [{ spec: 'DATA-202' }],
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
  'failure-stays-in-its-query': {
    statement:
      'A query that can not be understood fails in its own response and leaves the others of the request alone.',
    level: 'must',
    consequence: 'all queries of the panel fail with HTTP 500 and "An error occurred within the plugin".',
    sources: [{ spec: 'DATA-204' }],
  },
})
