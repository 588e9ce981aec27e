import type { HostEvent } from '../../host/events.ts'
import type { StartFault } from '../../host/launch/start-fault.ts'
import type { CaseVerdict } from './case-verdicts.ts'
import type { ReportFrame } from './report-frame.ts'
import type { Contract } from './subject.ts'

/** What happens in a run, as it happens. The report is the fold of these. */
export type RunEvent =
  | {
      readonly kind: 'run-started'
      readonly frame: ReportFrame
      readonly rules: readonly string[]
      readonly cases: number
    }
  /** Something that the person who runs it ought to know before. */
  | { readonly kind: 'notice'; readonly text: string }
  | { readonly kind: 'contract'; readonly contract: Contract }
  | { readonly kind: 'start-fault'; readonly fault: StartFault }
  | { readonly kind: 'case-started'; readonly tag: string }
  | { readonly kind: 'case-ended'; readonly tag: string; readonly verdicts: readonly CaseVerdict[] }
  | { readonly kind: 'observed'; readonly verdicts: readonly CaseVerdict[] }
  | { readonly kind: 'host'; readonly event: HostEvent }
  | { readonly kind: 'run-ended'; readonly ms: number; readonly interrupted: boolean }

export type RunEventSink = (event: RunEvent) => void
