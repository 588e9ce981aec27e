import { CheckHealthResponse_HealthStatus } from '../../proto/gen/grafana/backend_pb.js'
import type { CheckHealthResponse } from '../../proto/gen/grafana/backend_pb.js'
import { readDetails } from '../health/details.ts'
import type { Reading } from './services.ts'
import { shortened } from './shortened.ts'

/** What "Save & test" makes of an answer to CheckHealth (HEALTH-002 to HEALTH-005). */
export function readHealth(answer: CheckHealthResponse, configured: boolean): Reading {
  const details = readDetails(answer.jsonDetails)
  if (details.kind === 'unusable')
    return {
      mark: 'bad',
      text: `jsonDetails are ${details.actual}: the health check ends with HTTP 500`,
      fix: 'Send a JSON object as jsonDetails, or nothing.',
    }
  const message = shortened(answer.message)
  switch (answer.status) {
    case CheckHealthResponse_HealthStatus.OK:
      return { mark: 'good', text: `OK "${message}"` }
    case CheckHealthResponse_HealthStatus.ERROR:
      if (answer.message === '')
        return {
          mark: 'bad',
          text: 'ERROR without a message: "Save & test" shows an empty box',
          fix: 'Say in message why.',
        }
      return configured
        ? {
            mark: 'bad',
            text: `ERROR "${message}"`,
            fix: 'Correct the settings in conformance.yaml, or the plugin.',
          }
        : { mark: 'told', text: `ERROR "${message}", with empty settings` }
    case CheckHealthResponse_HealthStatus.UNKNOWN:
    default:
      return {
        mark: 'warning',
        text: `status UNKNOWN "${message}": "Save & test" fails`,
        fix: 'Set the status to OK or ERROR; 0 is what an unset field says.',
      }
  }
}
