import type { DataQuery } from '../../proto/gen/grafana/backend_pb.js'
import type { CaseContext } from '../kernel/case-context.ts'
import { sampleQuery } from './sample-query.ts'

/** What a person can do when no query is known to fail. */
export const failingQueryMissing = 'a query that fails; add one with `expect: error` to conformance.yaml'

/** What a scripted subject is told to fail with. */
export const scriptedError = {
  message: 'the database of the conformance suite is away',
  status: 502,
  source: 'downstream',
} as const

/** A query that has to fail: scripted, else the first sample that says so; undefined when there is neither. */
export function failingQuery(t: CaseContext, refId = 'A'): DataQuery | undefined {
  if (t.contract === 'scripted') return t.query({ refId, model: { conformance: { error: scriptedError } } })
  const sample = t.samples.queries.find((one) => one.expect === 'error')
  return sample === undefined ? undefined : sampleQuery(t, sample, refId)
}
