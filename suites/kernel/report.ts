import type { StartFault } from '../../host/launch/start-fault.ts'
import type { KnownIssue } from './known-issue.ts'
import type { Level, Source } from './rule.ts'
import type { Standing } from './standing.ts'
import type { Contract } from './subject.ts'
import type { Evidence, Verdict, VerdictKind } from './verdict.ts'

/** What one case found out about a rule. */
export interface ReportedCase {
  readonly id: string
  readonly variant: string
  readonly ms: number
  readonly verdict: Verdict
  readonly evidence: readonly Evidence[]
}

export interface ReportedRule {
  readonly id: string
  readonly level: Level
  readonly statement: string
  readonly consequence: string
  readonly sources: readonly Source[]
  readonly verdict: Verdict
  readonly standing: Standing
  readonly cases: readonly ReportedCase[]
  /** What the file of known issues says of it. */
  readonly known?: readonly KnownIssue[]
}

/** The result of a run. Everything that is printed or written is a function of it. */
export interface Report {
  /** Version of this shape. */
  readonly report: 1
  readonly tool: { readonly name: string; readonly version: string }
  readonly edition: string
  /** Version of the imitated Grafana. */
  readonly grafana: string
  readonly contract: Contract
  readonly seed: number
  /** Only when every start asked for AutoMTLS. */
  readonly autoMtls?: true
  readonly subject: {
    readonly id: string
    readonly version: string
    readonly command: string
    readonly sha256: string | null
  }
  readonly rules: readonly ReportedRule[]
  readonly startFault?: StartFault
  readonly counts: Readonly<Record<VerdictKind, number>>
  readonly ms: number
  readonly exitCode: number
  /** Whether the run went to its end and no rule stayed without a verdict that a complete run gives. */
  readonly complete: boolean
}
