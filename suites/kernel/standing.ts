import type { Level } from './rule.ts'
import type { Verdict } from './verdict.ts'

/** What a verdict means for the run (design: the table of verdict, standing, exit). */
export type Standing = 'pass' | 'fail' | 'warning' | 'note' | 'unscored' | 'fault'

/** The standing of a rule from its level and verdict. */
export function standingOf(level: Level, verdict: Verdict): Standing {
  switch (verdict.kind) {
    case 'upheld':
      return 'pass'
    case 'broken':
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
