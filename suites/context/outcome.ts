import type {
  CheckHealthResponse,
  CallResourceResponse,
  QueryDataResponse,
} from '../../proto/gen/grafana/backend_pb.js'
import { CheckHealthResponse_HealthStatus } from '../../proto/gen/grafana/backend_pb.js'
import type { CallResult } from '../../host/rpc/call-result.ts'
import { describeResult } from '../../host/rpc/call-result.ts'

/** How a call ended, reduced to what may not depend on who asks and with what (CTX-108, CTX-115). */
export interface Outcome {
  /** Two calls had the same outcome if and only if these are equal. */
  readonly key: string
  /** For people; may quote the plugin. */
  readonly text: string
  /** `refused`: the caller has no right to this, which a plugin may document (CTX-108). */
  readonly kind: 'answered' | 'failed' | 'refused' | 'unimplemented' | 'died' | 'timeout'
}

const UNIMPLEMENTED = 12
/** PERMISSION_DENIED and UNAUTHENTICATED. */
const REFUSALS: readonly number[] = [7, 16]
/** HTTP statuses of the same meaning. */
const REFUSED: readonly number[] = [401, 403]

/** The outcome of a call whose messages are all alike. */
export function outcomeOf<Message>(
  result: CallResult<Message>,
  read: (message: Message) => Outcome = () => ({ key: 'answer', text: 'an answer', kind: 'answered' }),
): Outcome {
  switch (result.kind) {
    case 'answered':
      return read(result.message)
    case 'failed':
      return { key: `status ${result.code}`, text: describeResult(result), kind: failure(result.code) }
    case 'died':
      return { key: 'died', text: describeResult(result), kind: 'died' }
    case 'timeout':
      return { key: 'timeout', text: describeResult(result), kind: 'timeout' }
    default:
      return result satisfies never
  }
}

function failure(code: number): Outcome['kind'] {
  if (code === UNIMPLEMENTED) return 'unimplemented'
  return REFUSALS.includes(code) ? 'refused' : 'failed'
}

/** Data, or an error in band; which error is no matter. */
export function queryOutcome(refId: string): (response: QueryDataResponse) => Outcome {
  return ({ responses }) => {
    const response = responses[refId]
    if (response === undefined)
      return { key: 'no response', text: `no response for ${refId}`, kind: 'answered' }
    if (response.error === '') return { key: 'data', text: 'data', kind: 'answered' }
    const kind = REFUSED.includes(response.status) ? 'refused' : 'answered'
    return { key: 'error', text: `the error "${response.error}" (status ${response.status})`, kind }
  }
}

/** The health status; its message may differ. */
export function healthOutcome({ status, message }: CheckHealthResponse): Outcome {
  const name = CheckHealthResponse_HealthStatus[status] ?? `status ${status}`
  return { key: name, text: `health ${name}: "${message}"`, kind: 'answered' }
}

/** The HTTP status of the first message. */
export function resourceOutcome([first]: readonly CallResourceResponse[]): Outcome {
  if (first === undefined) return { key: 'no message', text: 'no message', kind: 'answered' }
  const kind = REFUSED.includes(first.code) ? 'refused' : 'answered'
  return { key: `HTTP ${first.code}`, text: `HTTP status ${first.code}`, kind }
}
