import type { DataQuery } from '../../proto/gen/grafana/backend_pb.js'
import type { CaseContext, QueryOptions } from '../kernel/case-context.ts'

/** What a person can do when no query is known to succeed. */
export const goodQueryMissing = 'a query that succeeds; add one to conformance.yaml'

/** One row, so that there is something to lose. */
const frame = {
  name: 'conformance',
  fields: [
    { name: 'time', type: 'time', values: ['1700000000000000000'] },
    { name: 'value', type: 'float64', values: [1.5] },
  ],
}

/** The query that is most likely to succeed: scripted, else the first sample, else one that says nothing of its own. */
export function goodQuery(t: CaseContext, options: QueryOptions = {}): DataQuery {
  if (t.contract !== 'scripted') return t.query(options)
  return t.query({ ...options, model: { ...options.model, conformance: { frames: [frame] } } })
}
