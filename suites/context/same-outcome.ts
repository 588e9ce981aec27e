import { CaseEnded } from '../kernel/case-ended.ts'
import type { CaseContext } from '../kernel/case-context.ts'
import type { Rule } from '../kernel/rule.ts'
import type { Outcome } from './outcome.ts'

/** The same call twice: as always, and with the one difference that must not matter. */
export interface Pair {
  readonly method: string
  readonly plain: () => Promise<Outcome>
  readonly changed: () => Promise<Outcome>
}

/**
 * Concludes that a difference in the request makes none in the outcome.
 *
 * A plugin may be flaky for reasons of its own, such as a database: outcomes that differ are asked for twice.
 */
export async function sameOutcome(t: Words, rule: Rule, pairs: readonly Pair[]): Promise<void> {
  const judge = t.rule(rule)
  const findings = []
  for (const pair of pairs) findings.push(await compare(pair))
  const different = findings.find((finding) => finding.kind === 'different')
  if (different !== undefined) return judge.broken(safe(t, different.expected), safe(t, different.actual))
  const unclear = findings.find((finding) => finding.kind === 'unclear')
  if (unclear !== undefined) return judge.unverified(safe(t, unclear.missing))
  if (findings.some((finding) => finding.kind === 'same')) return judge.upheld()
  return judge.inapplicable(
    `${pairs.map((pair) => pair.method).join(' or ')}: the plugin answers UNIMPLEMENTED`,
  )
}

/** What is needed of a case to conclude one of its rules in words. */
type Words = Pick<CaseContext, 'rule' | 'canaries'>

type Finding =
  | { readonly kind: 'same' }
  | { readonly kind: 'unimplemented' }
  | { readonly kind: 'different'; readonly expected: string; readonly actual: string }
  | { readonly kind: 'unclear'; readonly missing: string }

async function compare({ method, plain, changed }: Pair): Promise<Finding> {
  const expected = alive(await plain(), method)
  if (expected.kind === 'unimplemented') return { kind: 'unimplemented' }
  const actual = alive(await changed(), method)
  if (actual.key === expected.key) {
    // Two calls that fail as a whole say nothing about what they were asked with.
    if (expected.kind === 'answered') return { kind: 'same' }
    return { kind: 'unclear', missing: `an answer from ${method} instead of ${expected.text}` }
  }
  if (actual.kind === 'refused')
    return { kind: 'unclear', missing: `documentation that says who may not use ${method}: ${actual.text}` }
  const again = [alive(await plain(), method), alive(await changed(), method)] as const
  if (again[0].key !== expected.key || again[1].key !== actual.key)
    return { kind: 'unclear', missing: `a ${method} that ends the same way twice` }
  return { kind: 'different', expected: `${method}: ${expected.text}`, actual: actual.text }
}

/** Who killed a shared process is found out by trying again alone, which the kernel does. */
function alive(outcome: Outcome, method: string): Outcome {
  if (outcome.kind !== 'died') return outcome
  throw new CaseEnded({ kind: 'unreached', because: `${method}: ${outcome.text}` }, true)
}

function safe(t: Words, text: string): string {
  const redacted = t.canaries.redact(text)
  return redacted.length > 300 ? `${redacted.slice(0, 300)}…` : redacted
}
