import { create, toBinary } from '@bufbuild/protobuf'

import {
  AdmissionRequest_Operation,
  AdmissionRequestSchema,
  DataSourceInstanceSettingsSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import type { AdmissionRequest, DataSourceInstanceSettings } from '../../proto/gen/grafana/backend_pb.js'
import type { CaseContext } from '../kernel/case-context.ts'

/** The version of the settings; Grafana tolerates plugins without admission for this one alone (ADM-008). */
export const API_VERSION = 'v0alpha1'

/** The only kind that Grafana asks about (ADM-002). */
const KIND = { group: 'grafana-plugin-sdk-go', version: API_VERSION, kind: 'DataSourceInstanceSettings' }

/** What may differ from Grafana's request for a new data source. */
export interface AdmissionOptions {
  readonly operation?: 'create' | 'update'
  readonly kind?: string
  readonly bytes: Uint8Array
}

/** The settings of a new data source, as a user would have typed them. */
export function newSettings(t: CaseContext): DataSourceInstanceSettings {
  const { dataSourceInstanceSettings } = t.context({ settings: 'datasource' })
  return {
    ...(dataSourceInstanceSettings ?? create(DataSourceInstanceSettingsSchema)),
    apiVersion: API_VERSION,
  }
}

/** Settings in the encoding in which they travel: protobuf, not JSON (ADM-002). */
export function settingsBytes(settings: DataSourceInstanceSettings): Uint8Array {
  return toBinary(DataSourceInstanceSettingsSchema, settings)
}

/** The request that Grafana makes before it saves a data source: no user, existing settings on update only (ADM-002). */
export function admissionRequest(
  t: CaseContext,
  { operation = 'create', kind = KIND.kind, bytes }: AdmissionOptions,
): AdmissionRequest {
  const updates = operation === 'update'
  return create(AdmissionRequestSchema, {
    pluginContext: t.context({
      user: 'none',
      settings: updates ? 'datasource' : 'none',
      apiVersion: API_VERSION,
    }),
    operation: updates ? AdmissionRequest_Operation.UPDATE : AdmissionRequest_Operation.CREATE,
    kind: { ...KIND, kind },
    objectBytes: bytes,
    ...(updates ? { oldObjectBytes: bytes } : {}),
  })
}
