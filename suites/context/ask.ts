import type { Message } from '@bufbuild/protobuf'
import { create } from '@bufbuild/protobuf'

import type { DataQuery, PluginContext } from '../../proto/gen/grafana/backend_pb.js'
import {
  CallResourceRequestSchema,
  CheckHealthRequestSchema,
  QueryDataRequestSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import { headerMap } from '../../host/context/header-map.ts'
import { queryHeaders, resourceRequest } from '../../host/context/query-request.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import type { CallOptions } from '../../host/rpc/caller.ts'
import type { CaseContext } from '../kernel/case-context.ts'
import type { Outcome } from './outcome.ts'
import { healthOutcome, outcomeOf, queryOutcome, resourceOutcome } from './outcome.ts'

/** What one call may do differently; everything else is as Grafana sends it. */
export interface Manner {
  readonly context?: PluginContext
  readonly headers?: Readonly<Record<string, string>>
  /** For CallResource, which has headers of another form. */
  readonly idToken?: string
  readonly query?: DataQuery
  /** Makes the message say more than its fields can. */
  readonly touch?: (request: Message) => void
  readonly options?: CallOptions
}

/** CheckHealth. */
export async function askHealth(t: CaseContext, plugin: Plugin, manner: Manner = {}): Promise<Outcome> {
  const request = create(CheckHealthRequestSchema, {
    pluginContext: manner.context ?? t.context(),
    headers: { ...(manner.headers ?? headerMap(t.profile, 'health')) },
  })
  manner.touch?.(request)
  return outcomeOf(await plugin.diagnostics.checkHealth(request, manner.options), healthOutcome)
}

/** QueryData with one query. */
export async function askQuery(t: CaseContext, plugin: Plugin, manner: Manner = {}): Promise<Outcome> {
  const query = manner.query ?? t.query()
  const request = create(QueryDataRequestSchema, {
    pluginContext: manner.context ?? t.context(),
    headers: { ...(manner.headers ?? queryHeaders(t.profile, 'dashboard')) },
    queries: [query],
  })
  manner.touch?.(request)
  return outcomeOf(await plugin.data.queryData(request, manner.options), queryOutcome(query.refId))
}

/** CallResource: the first sample, or a path that most plugins do not know. */
export async function askResource(t: CaseContext, plugin: Plugin, manner: Manner = {}): Promise<Outcome> {
  const [sample] = t.samples.resources
  const fields = resourceRequest(t.profile, {
    method: sample?.method ?? 'GET',
    path: sample?.path ?? 'conformance-probe',
    ...(manner.idToken === undefined ? {} : { idToken: manner.idToken }),
    ...(sample?.body === undefined ? {} : { body: new TextEncoder().encode(sample.body) }),
  })
  const request = create(CallResourceRequestSchema, {
    pluginContext: manner.context ?? t.context(),
    ...fields,
  })
  manner.touch?.(request)
  return outcomeOf(await plugin.resource.callResource(request, manner.options).all(), resourceOutcome)
}
