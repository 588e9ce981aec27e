import { expect, test } from 'vitest'

import { grpcScript } from '../launch/grpc-script.ts'
import { startScript } from '../launch/script-plugin.ts'
import type { Plugin } from '../launch/plugin.ts'

/** Every service that Grafana's plugin set names, with its methods (lifecycle.md section 9). */
const methods: ReadonlyArray<readonly [string, (plugin: Plugin) => Promise<unknown>]> = [
  ['/pluginv2.Diagnostics/CheckHealth', (plugin) => plugin.diagnostics.checkHealth({})],
  ['/pluginv2.Diagnostics/CollectMetrics', (plugin) => plugin.diagnostics.collectMetrics({})],
  ['/pluginv2.Resource/CallResource', (plugin) => plugin.resource.callResource({}).ended],
  ['/pluginv2.Data/QueryData', (plugin) => plugin.data.queryData({})],
  ['/pluginv2.Data/QueryChunkedData', (plugin) => plugin.data.queryChunkedData({}).ended],
  ['/pluginv2.Stream/SubscribeStream', (plugin) => plugin.stream.subscribeStream({})],
  ['/pluginv2.Stream/RunStream', (plugin) => plugin.stream.runStream({}).ended],
  ['/pluginv2.Stream/PublishStream', (plugin) => plugin.stream.publishStream({})],
  ['/pluginv2.AdmissionControl/ValidateAdmission', (plugin) => plugin.admission.validateAdmission({})],
  ['/pluginv2.AdmissionControl/MutateAdmission', (plugin) => plugin.admission.mutateAdmission({})],
  ['/pluginv2.ResourceConversion/ConvertObjects', (plugin) => plugin.conversion.convertObjects({})],
]

test('every service is there from the start, whatever the plugin offers; UNIMPLEMENTED tells what it lacks (LIFE-110, LIFE-111)', async () => {
  await using start = await startScript(grpcScript('grpc.refuse(stream, 12)'))
  const plugin = start.up()
  for (const [path, call] of methods) {
    expect(await call(plugin)).toMatchObject({ kind: 'failed', code: 12 })
    const last = start.events.findLast((event) => event.kind === 'call')
    expect(last).toMatchObject({ method: path })
  }
  expect(methods).toHaveLength(11)
})
