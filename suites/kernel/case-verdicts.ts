import type { Case } from './case.ts'
import type { Judge } from './case-context.ts'
import type { Rule } from './rule.ts'
import { grafanaTells } from './verdict.ts'
import type { Evidence, Verdict } from './verdict.ts'

/** What one run of one case (and variant) concluded about each of its rules. */
export interface CaseVerdict {
  readonly rule: string
  readonly case: string
  readonly variant: string
  readonly ms: number
  readonly verdict: Verdict
  readonly evidence: readonly Evidence[]
}

/** What Grafana would tell of the call of which a verdict's `actual` speaks; undefined where that is not clear. */
export type TellOfGrafana = (rule: Rule, actual: string) => string | undefined

/** Collects the conclusions of one case; a rule left open or not listed is our fault, never a pass. */
export class CaseVerdicts {
  readonly #case: Case
  readonly #open: Map<string, Verdict | undefined>
  readonly #notes: Evidence[] = []
  readonly #faults: string[] = []
  readonly #tell: TellOfGrafana | undefined
  readonly #told = new Map<string, string>()

  /** `tell` says what Grafana would have told its user of the call behind a broken rule. */
  constructor(judged: Case, tell?: TellOfGrafana) {
    this.#case = judged
    this.#tell = tell
    this.#open = new Map(judged.judges.map((rule) => [rule.id, undefined]))
  }

  /** The judge of one rule. */
  judge(rule: Rule): Judge {
    return {
      upheld: () => this.#conclude(rule, { kind: 'upheld' }),
      broken: (expected, actual) => this.#conclude(rule, { kind: 'broken', expected, actual }),
      unverified: (missing) => this.#conclude(rule, { kind: 'unverified', missing }),
      inapplicable: (undeclared) => this.#conclude(rule, { kind: 'inapplicable', undeclared }),
    }
  }

  note(label: string, value: string): void {
    this.#notes.push({ label, value })
  }

  /** Gives every rule still open the same verdict. */
  endOpen(verdict: Verdict): void {
    for (const [rule, concluded] of this.#open) if (concluded === undefined) this.#open.set(rule, verdict)
  }

  /** Whether any rule has been found broken so far. */
  get broken(): boolean {
    return [...this.#open.values()].some((verdict) => verdict?.kind === 'broken')
  }

  /** The final list; a rule without conclusion becomes a harness fault. */
  finish(variant: string, ms: number): readonly CaseVerdict[] {
    return [...this.#open].map(([rule, verdict]) => ({
      rule,
      case: this.#case.id,
      variant,
      ms,
      verdict: this.#fault(verdict, rule),
      evidence: [...this.#notes, ...this.#tellOf(rule)],
    }))
  }

  #tellOf(rule: string): readonly Evidence[] {
    const value = this.#told.get(rule)
    return value === undefined ? [] : [{ label: grafanaTells, value }]
  }

  #fault(verdict: Verdict | undefined, rule: string): Verdict {
    const [fault] = this.#faults
    if (fault !== undefined) return { kind: 'harness-fault', error: fault }
    return verdict ?? { kind: 'harness-fault', error: `${this.#case.id} left ${rule} without a conclusion` }
  }

  #conclude(rule: Rule, verdict: Verdict): void {
    if (!this.#open.has(rule.id)) {
      this.#faults.push(`${this.#case.id} concluded ${rule.id}, which it does not list`)
      return
    }
    const before = this.#open.get(rule.id)
    // The first broken stays; nothing takes it back.
    if (before?.kind === 'broken') return
    const told = verdict.kind === 'broken' ? this.#tell?.(rule, verdict.actual) : undefined
    if (told !== undefined) this.#told.set(rule.id, told)
    this.#open.set(rule.id, verdict)
  }
}
