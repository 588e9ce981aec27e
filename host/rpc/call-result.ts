import type { Exit } from '../launch/plugin-process.ts'

/** How one call ended. */
export type CallResult<Message> =
  /** Status OK; for server streams `message` is the list of all messages. */
  | { readonly kind: 'answered'; readonly message: Message; readonly ms: number }
  /** A gRPC status other than OK. */
  | {
      readonly kind: 'failed'
      readonly code: number
      readonly details: string
      readonly ms: number
      readonly cancelled: boolean
    }
  /** The process ended before the call did. */
  | { readonly kind: 'died'; readonly exit: Exit; readonly ms: number }
  /** No end within the budget; the host cancelled the call. */
  | { readonly kind: 'timeout'; readonly ms: number }

/** Names of the gRPC status codes, as people know them. */
export const statusNames = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const

/** `UNKNOWN (2)`; numbers that gRPC does not know stay numbers. */
export function statusName(code: number): string {
  return `${statusNames[code] ?? 'status'} (${code})`
}

/** One line about how a call ended, for messages. */
export function describeResult(result: CallResult<unknown>): string {
  switch (result.kind) {
    case 'answered':
      return `an answer after ${result.ms} ms`
    case 'failed':
      return `${statusName(result.code)}${result.details === '' ? '' : ` "${result.details}"`}`
    case 'died':
      return `the process ended (${describeExit(result.exit)})`
    case 'timeout':
      return `no answer within ${result.ms} ms`
    default:
      return result satisfies never
  }
}

/** `exit status 1` or `signal: killed`, in Go's words (LIFE-133). */
export function describeExit(exit: Exit): string {
  if (exit.signal === null) return `exit status ${exit.code ?? 'unknown'}`
  const names: Readonly<Record<string, string>> = {
    SIGKILL: 'killed',
    SIGTERM: 'terminated',
    SIGINT: 'interrupt',
    SIGSEGV: 'segmentation fault',
    SIGABRT: 'aborted',
  }
  return `signal: ${names[exit.signal] ?? exit.signal}`
}
