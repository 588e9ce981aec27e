import type { CallResourceResponse } from '../../proto/gen/grafana/backend_pb.js'
import { resourceRequest } from '../../host/context/query-request.ts'
import type { ResourceOptions } from '../../host/context/query-request.ts'
import type { CaseContext } from '../kernel/case-context.ts'

/** The CallResource request that the imitated Grafana makes of what an HTTP client asks for (RES-102, RES-106). */
export function resourceCall(t: CaseContext, options: ResourceOptions) {
  const settings = t.subject.type === 'app' ? 'app' : 'datasource'
  return { pluginContext: t.context(), ...resourceRequest(t.profile, { settings, ...options }) }
}

/** The body of an answer: what its messages carry, in their order (RES-203). */
export function joinedBody(messages: readonly CallResourceResponse[]): Buffer {
  return Buffer.concat(messages.map((message) => message.body))
}
