import type { KnownIssue } from './known-issue.ts'
import type { Level } from './rule.ts'
import type { Verdict } from './verdict.ts'

/** What a verdict means for the run (design: the table of verdict, standing, exit). */
export type Standing =
  | 'pass'
  | 'fail'
  | 'warning'
  | 'note'
  /** Broken, and somebody has a reason to live with it. */
  | 'known'
  /** Upheld, although an entry says that it fails. */
  | 'stale'
  | 'unscored'
  | 'fault'

/** A verdict and who gave it. */
interface JudgedBy {
  readonly id: string
  readonly verdict: Verdict
}

/** The standing of a rule from its level, its verdict, and what is known of it; `cases` are all that judged it. */
export function standingOf(
  level: Level,
  verdict: Verdict,
  cases: readonly JudgedBy[] = [],
  known: readonly KnownIssue[] = [],
): Standing {
  switch (verdict.kind) {
    case 'upheld':
      return isStale(cases, known) ? 'stale' : 'pass'
    case 'broken':
      if (isExcused(cases, known)) return isStale(cases, known) ? 'stale' : 'known'
      return { must: 'fail', should: 'warning', may: 'note' }[level] as Standing
    case 'inapplicable':
    case 'unverified':
    case 'unreached':
      return 'unscored'
    case 'harness-fault':
      return 'fault'
    default:
      return verdict satisfies never
  }
}

/** Whether every case that found the rule broken is excused. */
function isExcused(cases: readonly JudgedBy[], known: readonly KnownIssue[]): boolean {
  const broken = cases.filter((one) => one.verdict.kind === 'broken')
  return (
    broken.length > 0 &&
    broken.every((one) => known.some((issue) => issue.case === undefined || issue.case === one.id))
  )
}

/** Whether an entry says `failing` of something that was tried and did not fail. */
function isStale(cases: readonly JudgedBy[], known: readonly KnownIssue[]): boolean {
  return known.some((issue) => {
    if (issue.kind !== 'failing') return false
    const meant = cases.filter((one) => issue.case === undefined || issue.case === one.id)
    return (
      meant.some((one) => one.verdict.kind === 'upheld') &&
      !meant.some((one) => one.verdict.kind === 'broken')
    )
  })
}
