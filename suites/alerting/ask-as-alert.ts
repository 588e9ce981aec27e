import { queryHeaders } from '../../host/context/query-request.ts'
import type { Frame } from '../../host/frames/frame.ts'
import type { DataQuery } from '../../proto/gen/grafana/backend_pb.js'
import { asAlertQuery } from '../context/users.ts'
import type { SharedContext } from '../kernel/case-context.ts'
import { readFrames } from '../query/read-frames.ts'

/** The deadline that the alert engine sets (CTX-204, both recordings). */
const EVALUATION_MS = 30_000

/** The width that alert rules ask for (recording `b-alert-rule`). */
export const ALERT_POINTS = 43_200

/** Asks queries as the evaluation of an alert rule does (CTX-204); the frames of those that succeed and can be read, by refId. */
export async function askAsAlert(
  t: SharedContext,
  queries: readonly DataQuery[],
): Promise<ReadonlyMap<string, readonly Frame[]>> {
  const request = {
    pluginContext: t.context({ user: 'scheduler' }),
    headers: queryHeaders(t.profile, 'alert'),
    queries: queries.map(asAlertQuery),
  }
  const { responses } = t.answered(await t.plugin.data.queryData(request, { deadlineMs: EVALUATION_MS }))
  return new Map(
    queries.flatMap(({ refId }) => {
      const response = responses[refId]
      const frames = response?.error === '' ? readFrames(response) : undefined
      return frames === undefined ? [] : [[refId, frames] as const]
    }),
  )
}
