import type { CallResult } from '../../host/rpc/call-result.ts'

const UNAVAILABLE = 14

/** Whether a call got no answer from the plugin at all: no end in time, no process, or no connection. */
export function isLost(result: CallResult<unknown>): boolean {
  return (
    result.kind === 'died' ||
    result.kind === 'timeout' ||
    (result.kind === 'failed' && result.code === UNAVAILABLE)
  )
}
