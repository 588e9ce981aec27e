import { create } from '@bufbuild/protobuf'

import {
  CheckHealthResponse_HealthStatus,
  CheckHealthResponseSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import type { CheckHealthRequest, CheckHealthResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { Call } from '../call.ts'
import { readSettings } from '../instances/read-settings.ts'
import { scriptedHealth } from '../script/health.ts'

const { OK, ERROR } = CheckHealthResponse_HealthStatus

/**
 * Says whether the data source is usable, always with words (HEALTH-003, HEALTH-004).
 *
 * Bad settings are an ERROR inside a successful call: the text of a gRPC error never reaches the user (HEALTH-007).
 */
export async function checkHealth(request: CheckHealthRequest, call: Call): Promise<CheckHealthResponse> {
  const context = request.pluginContext
  const source = context?.dataSourceInstanceSettings ?? context?.appInstanceSettings
  if (source === undefined)
    return unhealthy('The request names no data source, so there is nothing to check.')

  // From the request, not from the instance: the user tests what is being saved.
  const settings = readSettings(source.jsonData)
  if (settings.kind === 'unusable') return unhealthy(settings.reason)
  const script = settings.jsonData['conformance']
  if (script !== undefined && script !== null) return scriptedHealth(script, call)

  call.instances.get(context, call.metadata)
  return create(CheckHealthResponseSchema, { status: OK, message: 'The data source is working.' })
}

function unhealthy(reason: string): CheckHealthResponse {
  return create(CheckHealthResponseSchema, {
    status: ERROR,
    message: reason,
    jsonDetails: Buffer.from(JSON.stringify({ verboseMessage: reason })),
  })
}
