import { create } from '@bufbuild/protobuf'

import {
  CheckHealthResponse_HealthStatus,
  CheckHealthResponseSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import type { CheckHealthResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { Call } from '../call.ts'
import { isRecord } from '../json.ts'
import { obeyCommon } from './common.ts'

/** Does what `jsonData.conformance` says (fixtures/script.schema.json, health). */
export async function scriptedHealth(script: unknown, call: Call): Promise<CheckHealthResponse> {
  if (!isRecord(script)) return answer('ERROR', 'jsonData.conformance is not an object.')
  await obeyCommon(script, call)

  const { health } = script
  if (health === undefined) return answer('OK', 'The data source is working.')
  if (!isRecord(health)) return answer('ERROR', 'jsonData.conformance.health is not an object.')
  const { status, message, details } = health
  if (status !== 'OK' && status !== 'ERROR' && status !== 'UNKNOWN') {
    return answer('ERROR', 'jsonData.conformance.health.status is not OK, ERROR or UNKNOWN.')
  }
  return answer(status, typeof message === 'string' ? message : '', details)
}

function answer(status: 'OK' | 'ERROR' | 'UNKNOWN', message: string, details?: unknown): CheckHealthResponse {
  return create(CheckHealthResponseSchema, {
    status: CheckHealthResponse_HealthStatus[status],
    message,
    jsonDetails: isRecord(details) ? Buffer.from(JSON.stringify(details)) : new Uint8Array(),
  })
}
