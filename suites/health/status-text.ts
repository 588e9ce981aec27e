import { CheckHealthResponse_HealthStatus } from '../../proto/gen/grafana/backend_pb.js'

/** `UNKNOWN (0)`; numbers that Grafana reads as UNKNOWN stay numbers (HEALTH-002). */
export function statusText(status: number): string {
  return `${CheckHealthResponse_HealthStatus[status] ?? 'unknown number'} (${status})`
}
