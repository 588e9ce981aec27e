import type { CallResult } from '../../host/rpc/call-result.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import type { Reading } from './services.ts'

const UNIMPLEMENTED = 12
const UNAVAILABLE = 14

/** What a call without an answer is worth: how much is known to work decides how bad a refusal is. */
export function unanswered(
  result: Exclude<CallResult<unknown>, { readonly kind: 'answered' }>,
  known: { readonly expected: boolean; readonly promised?: boolean },
): Reading {
  const text = describeResult(result)
  if (result.kind === 'died')
    return {
      mark: 'bad',
      text: `${text}; Grafana answers "plugin unavailable" and starts it again`,
      fix: 'Turn what a handler throws into an answer; see the lines of stderr.',
    }
  if (result.kind === 'timeout')
    return {
      mark: 'bad',
      text,
      fix: 'Answer, or fail, within a time that a person waits; give up on a backend that does not.',
    }
  if (result.code === UNIMPLEMENTED) {
    if (known.promised !== true) return { mark: 'told', text: 'not implemented, which is fine' }
    return {
      mark: 'warning',
      text: 'not implemented, although plugin.json promises it',
      fix: 'Implement the service, or take the promise out of plugin.json.',
    }
  }
  if (result.code === UNAVAILABLE)
    return {
      mark: 'bad',
      text,
      fix: 'Keep the server listening; UNAVAILABLE is what Grafana takes for a lost plugin.',
    }
  // go-grpc-middleware and the SDKs turn a panic into an error that says so.
  if (/panic|Traceback|Unhandled/i.test(result.details))
    return {
      mark: 'bad',
      text,
      fix: 'Correct the crash in the handler: Grafana shows "An error occurred within the plugin".',
    }
  if (known.expected)
    return {
      mark: 'bad',
      text,
      fix: 'Answer with the error in band: users see only that something went wrong in the plugin.',
    }
  return {
    mark: 'warning',
    text: `${text}; Grafana shows only that something went wrong in the plugin`,
    fix: 'Answer with the error in band; if the plugin needs settings or queries of its own, write them into conformance.yaml.',
  }
}
