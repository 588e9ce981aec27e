import type { CaseVerdict } from './case-verdicts.ts'
import type { Catalogue } from './catalogue.ts'
import type { KnownIssue } from './known-issue.ts'
import type { Report, ReportedCase, ReportedRule } from './report.ts'
import type { ReportFrame } from './report-frame.ts'
import type { Rule } from './rule.ts'
import type { RunEvent } from './run-events.ts'
import { standingOf } from './standing.ts'
import type { Contract } from './subject.ts'
import type { VerdictKind } from './verdict.ts'
import { worstFirst, worstVerdict } from './verdict.ts'

/** Folds the events of a run into its report; the first event has to be `run-started`. */
export function foldReport(events: readonly RunEvent[], catalogue: Catalogue): Report {
  const verdicts = events.flatMap((event) =>
    event.kind === 'case-ended' || event.kind === 'observed' ? event.verdicts : [],
  )
  const [started] = events
  if (started?.kind !== 'run-started') throw new Error('a run begins with the event run-started')
  const { frame } = started
  const ended = events.find((event) => event.kind === 'run-ended')
  const fault = events.find((event) => event.kind === 'start-fault')?.fault
  const contract: Contract = events.findLast((event) => event.kind === 'contract')?.contract ?? 'any'
  const selected = new Set(started.rules)
  const rules = catalogue.rules
    .filter((rule) => selected.has(rule.id))
    .map((rule) => reportedRule(rule, verdicts, catalogue, frame.known))
  const counts = countVerdicts(rules)
  const interrupted = ended === undefined || ended.interrupted
  const open = rules.some((rule) => ['unverified', 'unreached', 'harness-fault'].includes(rule.verdict.kind))
  return {
    report: 1,
    tool: frame.tool,
    edition: frame.edition,
    grafana: frame.grafana,
    contract,
    seed: frame.seed,
    ...(frame.autoMtls === true ? { autoMtls: true } : {}),
    subject: frame.subject,
    rules,
    ...(fault === undefined ? {} : { startFault: fault }),
    counts,
    ms: ended?.ms ?? 0,
    exitCode: exitCode(rules, { fault: fault !== undefined, interrupted, open, frame }),
    complete: !interrupted && !open,
  }
}

function reportedRule(
  rule: Rule,
  verdicts: readonly CaseVerdict[],
  catalogue: Catalogue,
  issues: readonly KnownIssue[],
): ReportedRule {
  // Variants end in any order; a report has the declared one.
  const placeOf = (one: ReportedCase): number =>
    catalogue.cases.find(({ id }) => id === one.id)?.variants?.indexOf(one.variant) ?? 0
  const order = [...catalogue.cases, ...catalogue.observers].map((one) => one.id)
  const cases = verdicts
    .filter((verdict) => verdict.rule === rule.id)
    .map(({ case: id, variant, ms, verdict, evidence }): ReportedCase => ({
      id,
      variant,
      ms,
      verdict,
      evidence,
    }))
    .sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id) || placeOf(a) - placeOf(b))
  const verdict = worstVerdict(cases.map((one) => one.verdict))
  const { id, level, statement, consequence, sources } = rule
  const known = issues.filter((issue) => issue.rule === id)
  const standing = standingOf(level, verdict, cases, known)
  const said = known.length === 0 ? {} : { known }
  return { id, level, statement, consequence, sources, verdict, standing, cases, ...said }
}

function countVerdicts(rules: readonly ReportedRule[]): Record<VerdictKind, number> {
  const counts = Object.fromEntries(worstFirst.map((kind) => [kind, 0])) as Record<VerdictKind, number>
  for (const rule of rules) counts[rule.verdict.kind]++
  return counts
}

function exitCode(
  rules: readonly ReportedRule[],
  run: {
    readonly fault: boolean
    readonly interrupted: boolean
    readonly open: boolean
    readonly frame: ReportFrame
  },
): number {
  if (run.interrupted) return 130
  if (rules.some((rule) => rule.standing === 'fault')) return 4
  if (run.fault) return 3
  if (rules.some((rule) => rule.standing === 'fail' || rule.standing === 'stale')) return 1
  if (run.frame.strict && rules.some((rule) => rule.standing === 'warning')) return 1
  if (!rules.some((rule) => rule.verdict.kind === 'upheld' || rule.verdict.kind === 'broken')) return 3
  return run.frame.requireComplete && run.open ? 1 : 0
}
