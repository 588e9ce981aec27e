import type { DataQuery } from '../../proto/gen/grafana/backend_pb.js'
import type { CaseContext } from '../kernel/case-context.ts'
import type { SampleQuery } from '../kernel/samples.ts'

/** The query that a sample describes. */
export function sampleQuery(t: CaseContext, sample: SampleQuery, refId = 'A'): DataQuery {
  const { model, queryType, from, to } = sample
  return t.query({
    refId,
    model,
    ...(queryType === undefined ? {} : { queryType }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  })
}
