import { create } from '@bufbuild/protobuf'

import {
  ConversionRequestSchema,
  DataSourceInstanceSettingsSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import type { ConversionRequest, PluginContext } from '../../proto/gen/grafana/backend_pb.js'
import type { CaseContext } from '../kernel/case-context.ts'

/** Stored queries, as JSON objects. */
export type StoredQuery = Readonly<Record<string, unknown>>

/** What may differ from Grafana's request. */
export interface ConversionOptions {
  readonly uid?: string
  readonly contentType?: string
  /** Default: settings with uid and apiVersion alone, as the API server sends them (CONV-001). */
  readonly settings?: 'bare' | 'full'
}

/** The request that Grafana's API server makes to migrate queries: one object with all of them (CONV-001). */
export function conversionRequest(
  t: CaseContext,
  raw: Uint8Array,
  { uid = '', contentType = 'application/json', settings = 'bare' }: ConversionOptions = {},
): ConversionRequest {
  return create(ConversionRequestSchema, {
    pluginContext: settings === 'full' ? t.context() : bareContext(t),
    uid,
    objects: [{ raw, contentType }],
    targetVersion: {},
  })
}

function bareContext(t: CaseContext): PluginContext {
  const context = t.context({ user: 'none' })
  if (context.dataSourceInstanceSettings === undefined) return context
  const { uid } = context.dataSourceInstanceSettings
  const bare = create(DataSourceInstanceSettingsSchema, { uid, apiVersion: 'v0alpha1' })
  return { ...context, dataSourceInstanceSettings: bare }
}

/** Two queries to the same data source, as panels store them. */
export function storedQueries(t: CaseContext): readonly StoredQuery[] {
  return ['A', 'B'].map((refId) => {
    const text = new TextDecoder().decode(t.query({ refId }).json)
    // The host wrote this document itself, an object.
    return JSON.parse(text) as StoredQuery
  })
}

/** A query request: queries and time range (CONV-001). */
export function queryRequest(queries: readonly StoredQuery[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ queries, from: 'now-1h', to: 'now' }))
}
