import type { CheckHealthResponse } from '../../proto/gen/grafana/backend_pb.js'
import { grafanaJson } from '../context/grafana-json.ts'
import type { JsonInput } from '../context/grafana-json.ts'
import type { HostProfile } from '../context/profile.ts'
import { errorAnswer, plainAnswer } from './error-answer.ts'
import type { GrafanaAnswer, HttpAnswer } from './grafana-answer.ts'
import { goStatusText, statusOf, UNIMPLEMENTED } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/** What "Save & test" gets of a health check (HEALTH-002, HEALTH-009; grafana:pkg/api/datasources.go checkDatasourceHealth). */
export function mapHealth(
  profile: HostProfile,
  outcome: Outcome<Pick<CheckHealthResponse, 'status' | 'message' | 'jsonDetails'>>,
): GrafanaAnswer {
  switch (outcome.kind) {
    case 'answered':
      return healthAnswer(profile, outcome.message)
    case 'pending':
      return { kind: 'waits' }
    case 'not-running':
      return errorAnswer(profile, 'plugin.unavailable', 'plugin unavailable')
    case 'failed':
    case 'died':
    case 'cancelled':
      if (statusOf(outcome).code === UNIMPLEMENTED)
        return jsonAnswer(400, { message: 'Health check not implemented', status: 'UNKNOWN' })
      return errorAnswer(
        profile,
        'plugin.healthCheck',
        `client: failed to check health: ${goStatusText(outcome)}`,
      )
    default:
      return outcome satisfies never
  }
}

/** Enum numbers that Grafana does not know count as UNKNOWN (HEALTH-002). */
const statusTexts: Readonly<Record<number, 'OK' | 'ERROR'>> = { 1: 'OK', 2: 'ERROR' }

function healthAnswer(
  profile: HostProfile,
  { status, message, jsonDetails }: Pick<CheckHealthResponse, 'status' | 'message' | 'jsonDetails'>,
): HttpAnswer {
  const details = readDetails(jsonDetails)
  if (details === 'undecodable')
    return plainAnswer(profile, {
      status: 500,
      message: 'Failed to unmarshal detailed response from backend plugin',
      traced: true,
    })
  const text = statusTexts[status] ?? 'UNKNOWN'
  return jsonAnswer(text === 'OK' ? 200 : 400, {
    message,
    status: text,
    ...(details === 'none' ? {} : { details: details.value }),
  })
}

type Details = { readonly value: JsonInput } | 'none' | 'undecodable'

/** Grafana decodes into a map: an object or null, numbers as doubles (HEALTH-005). */
function readDetails(bytes: Uint8Array): Details {
  if (bytes.length === 0) return 'none'
  try {
    const value: JsonInput = JSON.parse(Buffer.from(bytes).toString('utf8'))
    return typeof value === 'object' && !Array.isArray(value) ? { value } : 'undecodable'
  } catch {
    return 'undecodable'
  }
}

function jsonAnswer(
  status: number,
  body: { readonly [key: string]: JsonInput; message: string },
): HttpAnswer {
  return {
    kind: 'http',
    status,
    contentType: 'application/json',
    body: grafanaJson(body),
    says: status === 200 ? '' : body.message,
  }
}
