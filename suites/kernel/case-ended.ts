import type { CallResult } from '../../host/rpc/call-result.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import type { StartFault } from '../../host/launch/start-fault.ts'
import type { Verdict } from './verdict.ts'

/** Status code of a method that is not there. */
const UNIMPLEMENTED = 12

/** Thrown by the context to end a case early; every rule still open gets this verdict. */
export class CaseEnded extends Error {
  override readonly name = 'CaseEnded'
  readonly verdict: Verdict
  /** The process died, so that the case may deserve another try in a process of its own. */
  readonly died: boolean

  constructor(verdict: Verdict, died = false) {
    super(verdict.kind)
    this.verdict = verdict
    this.died = died
  }

  /** What the end of a call that had to be answered means for the rules still open. */
  static from(result: Exclude<CallResult<unknown>, { readonly kind: 'answered' }>): CaseEnded {
    switch (result.kind) {
      case 'failed':
        if (result.code === UNIMPLEMENTED)
          return new CaseEnded({
            kind: 'inapplicable',
            undeclared: 'this method: the plugin answers UNIMPLEMENTED',
          })
        return new CaseEnded(
          { kind: 'unverified', missing: `an answer instead of ${describeResult(result)}` },
          result.code === 14,
        )
      case 'died':
        return new CaseEnded({ kind: 'unreached', because: describeResult(result) }, true)
      case 'timeout':
        return new CaseEnded({ kind: 'unreached', because: `out of time: ${describeResult(result)}` })
      default:
        return result satisfies never
    }
  }

  /** A start that had to succeed did not. */
  static fromFault(fault: StartFault): CaseEnded {
    return new CaseEnded({ kind: 'unreached', because: `the plugin did not come up: ${fault.what}` })
  }
}
