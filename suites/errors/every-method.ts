import { noCallSpans } from '../../host/trace/call-spans.ts'
import { bareContext } from '../../host/context/plugin-context.ts'
import { queryHeaders, resourceRequest } from '../../host/context/query-request.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import type { CallResult } from '../../host/rpc/call-result.ts'
import type { CaseContext } from '../kernel/case-context.ts'

/** The eleven methods that Grafana may call (backend.proto). */
export const methodPaths = [
  '/pluginv2.Diagnostics/CheckHealth',
  '/pluginv2.Diagnostics/CollectMetrics',
  '/pluginv2.Resource/CallResource',
  '/pluginv2.Data/QueryData',
  '/pluginv2.Data/QueryChunkedData',
  '/pluginv2.Stream/SubscribeStream',
  '/pluginv2.Stream/RunStream',
  '/pluginv2.Stream/PublishStream',
  '/pluginv2.AdmissionControl/ValidateAdmission',
  '/pluginv2.AdmissionControl/MutateAdmission',
  '/pluginv2.ResourceConversion/ConvertObjects',
] as const

export type MethodPath = (typeof methodPaths)[number]

/** Calls one method as Grafana does, with everything set that SDKs rely on. */
export function callMethod(path: MethodPath, plugin: Plugin, t: CaseContext): Promise<CallResult<unknown>> {
  const pluginContext = t.context()
  const request = { pluginContext }
  const channel = { ...request, path: 'conformance' }
  const admission = {
    ...request,
    kind: { group: `${t.subject.id}.datasource.grafana.app`, version: 'v0alpha1', kind: 'DataSource' },
  }
  switch (path) {
    case '/pluginv2.Diagnostics/CheckHealth':
      return plugin.diagnostics.checkHealth(request)
    case '/pluginv2.Diagnostics/CollectMetrics':
      return plugin.diagnostics.collectMetrics({ pluginContext: bareContext(t.subject) })
    case '/pluginv2.Resource/CallResource':
      return plugin.resource
        .callResource({
          ...request,
          ...resourceRequest(t.profile, { method: 'GET', path: 'conformance/unknown' }),
        })
        .all()
    case '/pluginv2.Data/QueryData':
      return plugin.data.queryData({
        ...request,
        headers: queryHeaders(t.profile, 'dashboard'),
        queries: [t.query()],
      })
    case '/pluginv2.Data/QueryChunkedData':
      return plugin.data.queryChunkedData({ ...request, queries: [t.query()] }).all()
    case '/pluginv2.Stream/SubscribeStream':
      return plugin.stream.subscribeStream(channel)
    case '/pluginv2.Stream/RunStream':
      return startedStream(plugin, t)
    case '/pluginv2.Stream/PublishStream':
      return plugin.stream.publishStream({ ...channel, data: new TextEncoder().encode('{}') })
    case '/pluginv2.AdmissionControl/ValidateAdmission':
      return plugin.admission.validateAdmission(admission)
    case '/pluginv2.AdmissionControl/MutateAdmission':
      return plugin.admission.mutateAdmission(admission)
    case '/pluginv2.ResourceConversion/ConvertObjects':
      return plugin.conversion.convertObjects({ ...request, uid: 'conformance-probe', objects: [] })
    default:
      return path satisfies never
  }
}

/** A stream that stays open works; it is not held longer than needed. */
async function startedStream(plugin: Plugin, t: CaseContext): Promise<CallResult<unknown>> {
  await using stream = plugin.stream.runStream(
    { pluginContext: t.context(), path: 'conformance' },
    { spans: noCallSpans },
  )
  const next = await stream.next(t.budgets.firstPacket)
  return next.kind === 'ended' ? next.result : { kind: 'answered', message: undefined, ms: 0 }
}
