import type { CallResult } from '../rpc/call-result.ts'

/** How a call to a plugin ended, as far as Grafana can tell. */
export type Outcome<Message> =
  | { readonly kind: 'answered'; readonly message: Message }
  /** A gRPC status other than OK. */
  | { readonly kind: 'failed'; readonly code: number; readonly details: string }
  /** The process ended before the call did (ERR-009). */
  | { readonly kind: 'died' }
  /** The client went away, or Grafana is being stopped: the context of the call was cancelled. */
  | { readonly kind: 'cancelled' }
  /** There is no process: it died and was not started again yet, so that no call is made (ERR-009). */
  | { readonly kind: 'not-running' }
  /** No end so far; Grafana sets no deadline for what a user waits for. */
  | { readonly kind: 'pending' }

/** A call's result in the words of Grafana. */
export function outcomeOf<Message>(result: CallResult<Message>): Outcome<Message> {
  switch (result.kind) {
    case 'answered':
      return { kind: 'answered', message: result.message }
    case 'failed':
      return result.cancelled
        ? { kind: 'cancelled' }
        : { kind: 'failed', code: result.code, details: result.details }
    case 'died':
      return { kind: 'died' }
    case 'timeout':
      return { kind: 'pending' }
    default:
      return result satisfies never
  }
}

/** An outcome for which Grafana has a gRPC status in its hands: everything that is neither an answer nor open. */
export type Failure = Extract<Outcome<never>, { readonly kind: 'failed' | 'died' | 'cancelled' }>

/** The status that Grafana's gRPC client reports for a failure. */
export function statusOf(failure: Failure): { readonly code: number; readonly details: string } {
  switch (failure.kind) {
    case 'failed':
      return { code: failure.code, details: failure.details }
    case 'died':
      return { code: UNAVAILABLE, details: 'error reading from server: EOF' }
    case 'cancelled':
      return { code: CANCELLED, details: 'context canceled' }
    default:
      return failure satisfies never
  }
}

/** As grpc-go prints a status: `rpc error: code = Unknown desc = boom`. */
export function goStatusText(failure: Failure): string {
  const { code, details } = statusOf(failure)
  return `rpc error: code = ${goCodeNames[code] ?? `Code(${code})`} desc = ${details}`
}

export const CANCELLED = 1
export const RESOURCE_EXHAUSTED = 8
export const UNIMPLEMENTED = 12
export const UNAVAILABLE = 14

/** grpc-go:codes/code_string.go */
const goCodeNames = [
  'OK',
  'Canceled',
  'Unknown',
  'InvalidArgument',
  'DeadlineExceeded',
  'NotFound',
  'AlreadyExists',
  'PermissionDenied',
  'ResourceExhausted',
  'FailedPrecondition',
  'Aborted',
  'OutOfRange',
  'Unimplemented',
  'Internal',
  'Unavailable',
  'DataLoss',
  'Unauthenticated',
] as const
