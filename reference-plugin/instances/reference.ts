import type { Metadata } from '@grpc/grpc-js'

import type { PluginContext } from '../../proto/gen/grafana/backend_pb.js'
import type { InstanceBehaviour } from '../behaviour.ts'
import { readSettings } from './read-settings.ts'

/** One instance per tenant and data source, as long as its settings and Grafana's own configuration stay the same. */
export const referenceInstances: InstanceBehaviour = {
  key(context, metadata) {
    const source = context.dataSourceInstanceSettings
    const owner = source === undefined ? ['app', context.pluginId] : ['ds', String(source.id), source.uid]
    return JSON.stringify([tenant(metadata), context.namespace, String(context.orgId), ...owner])
  },

  version(context) {
    const settings = settingsOf(context)
    // Sorted, because the order of a map on the wire means nothing (CTX-402).
    const config = Object.entries(context.grafanaConfig).sort(([a], [b]) => (a < b ? -1 : 1))
    return JSON.stringify([settings === undefined ? null : String(settings.lastUpdatedMS), config])
  },

  create(context, id) {
    const settings = settingsOf(context)
    return {
      id,
      settings: readSettings(settings?.jsonData ?? new Uint8Array()),
      name: context.dataSourceInstanceSettings?.name ?? '',
      uid: context.dataSourceInstanceSettings?.uid ?? '',
      url: context.dataSourceInstanceSettings?.url ?? '',
      secretKeys: Object.keys(settings?.decryptedSecureJsonData ?? {}).sort(),
    }
  },
}

function settingsOf(context: PluginContext) {
  return context.dataSourceInstanceSettings ?? context.appInstanceSettings
}

/** The first value counts, and empty means absent (rpc.md 1.3). */
function tenant(metadata: Metadata): string {
  return String(metadata.get('tenantid')[0] ?? '')
}
