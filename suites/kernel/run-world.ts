import type { Canaries } from '../../host/context/canaries.ts'
import type { EventSink } from '../../host/events.ts'
import type { CallSpans } from '../../host/trace/call-spans.ts'
import type { CaseCalls } from './case-calls.ts'
import type { PauseRequest } from './pause.ts'
import type { RunOptions } from './run-options.ts'
import type { Contract } from './subject.ts'

/** What the parts of one run share. */
export interface RunWorld {
  readonly options: RunOptions
  readonly contract: Contract
  readonly canaries: Canaries
  readonly spans: CallSpans
  /** Where host events go. */
  readonly see: EventSink
  /** The calls that the cases in hand have made. */
  readonly calls: CaseCalls
  /** Milliseconds since the run began. */
  readonly now: () => number
  /** Numbers for the thing of this name, from the run's seed. */
  readonly random: (name: string) => () => number
  readonly signal: AbortSignal
  /** Set for the case before which the run stands still; its processes wait to be looked at. */
  readonly pause: PauseRequest | undefined
}
