/**
 * A fake Grafana: starts any backend plugin as Grafana would and talks to it.
 *
 * @example
 * import { launch, newestProfile, pluginContext } from 'grafana-plugin-conformance/host'
 *
 * await using plugin = await launch('./my-plugin')
 * const context = pluginContext(newestProfile, { id: 'my-datasource', version: '1.0.0', type: 'datasource' })
 * console.log(await plugin.diagnostics.checkHealth({ pluginContext: context }))
 *
 * @module
 */

// For users
export { launch } from './launch/launch.ts'
export type { LaunchOptions } from './launch/launch.ts'
export { keepAlive } from './launch/keep-alive.ts'
export type { KeepAliveOptions } from './launch/keep-alive.ts'
export type { KeptCall, KeptPlugin, KeptState } from './launch/kept-plugin.ts'
export type { Connection, Plugin, PluginOutput, StopReport } from './launch/plugin.ts'
export { ConformanceError } from './conformance-error.ts'
export type { ConformanceErrorCode } from './conformance-error.ts'
export { bareContext, pluginContext } from './context/plugin-context.ts'
export type { ContextOptions, ContextSubject } from './context/plugin-context.ts'
export { hostProfiles, newestProfile, profileNamed } from './context/profile.ts'
export type { HostProfile } from './context/profile.ts'
export type { OperatorSettings } from './context/operator.ts'
export { dataQuery, queryHeaders, resourceRequest } from './context/query-request.ts'
export { describeAnswer } from './api/grafana-answer.ts'
export type { GrafanaAnswer, HttpAnswer } from './api/grafana-answer.ts'
export { mapHealth } from './api/map-health.ts'
export { mapPublish, mapSubscribe } from './api/map-live.ts'
export { mapMetrics } from './api/map-metrics.ts'
export { mapQuery } from './api/map-query.ts'
export type { QueryCall } from './api/map-query.ts'
export { mapResource } from './api/map-resource.ts'
export type { ResourceAnswer, ResourceCall } from './api/map-resource.ts'
export { outcomeOf } from './api/outcome.ts'
export type { Outcome } from './api/outcome.ts'
export { planQueries } from './api/plan-queries.ts'
export type { QueryPlan } from './api/plan-queries.ts'
export { routeOf } from './api/route.ts'
export type { Route } from './api/route.ts'
export type { CallResult } from './rpc/call-result.ts'
export { PacketStream } from './rpc/packet-stream.ts'
export type { HostEvent } from './events.ts'
export { readArrowFrame } from './frames/read-arrow.ts'
export { readJsonFrame } from './frames/read-json.ts'
export type { FrameReading } from './frames/read-arrow.ts'
export type { FrameFinding } from './frames/finding.ts'
export { describeFrame as describe } from './frames/describe.ts'
export { compareFrames as compare } from './frames/compare.ts'
export { asGrafanaJson } from './frames/as-grafana-json.ts'
export type { GrafanaJsonOptions } from './frames/as-grafana-json.ts'
export type { Field, FieldType, FieldValue, Frame } from './frames/frame.ts'

// For integrators
export { resolveSubject } from './launch/resolve-subject.ts'
export { preflight } from './launch/preflight.ts'
export { startPlugin } from './launch/start-plugin.ts'
export { attachPlugin } from './launch/attach-plugin.ts'
export { childSpawner } from './launch/spawn-child.ts'
export type { Spawn, SpawnOptions, PluginProcess } from './launch/plugin-process.ts'
export { diagnose } from './diagnosis/diagnose.ts'
export type { Diagnosis, DiagnosisKind } from './diagnosis/diagnosis.ts'
export type { StartFault, StartFaultClass } from './launch/start-fault.ts'
export type { Subject } from './launch/subject.ts'
export { parseHandshake } from './handshake/parse-handshake.ts'
export { answerTo } from './api/answer-to.ts'
export { mapQueryRoute } from './api/map-query-route.ts'
export { chunkedRoute } from './api/chunked-route.ts'
export { chunksOfAnswer, jsonlLine } from './api/chunks.ts'
export { missingTargetAnswer } from './api/route.ts'
export { idleChannel, nextOfChannel } from './live/channel-runs.ts'
export { createLogReader } from './logs/read-log-line.ts'
export { createCallSpans, noCallSpans } from './trace/call-spans.ts'
export { defaultBudgets, scaleBudgets } from './budgets.ts'
export type { Budgets } from './budgets.ts'
