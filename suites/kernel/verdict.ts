/** What one case (or observer) found out about one rule. */
export type Verdict =
  | { readonly kind: 'upheld' }
  | { readonly kind: 'broken'; readonly expected: string; readonly actual: string }
  /** The plugin does not declare what the rule is about. */
  | { readonly kind: 'inapplicable'; readonly undeclared: string }
  /** The harness lacks something to find out, such as a sample query. */
  | { readonly kind: 'unverified'; readonly missing: string }
  /** The conversation broke off before the rule could be judged. */
  | { readonly kind: 'unreached'; readonly because: string }
  /** Our own mistake, never the plugin's. */
  | { readonly kind: 'harness-fault'; readonly error: string }

export type VerdictKind = Verdict['kind']

/** Something observed, for the person who reads a verdict. */
export interface Evidence {
  readonly label: string
  readonly value: string
}

/** Evidence with this label says what Grafana would have told its user of the call behind a broken rule (rpc.md, section 11.1). */
export const grafanaTells = 'Grafana tells'

/** From bad to good; a rule's verdict is the worst of its cases. */
export const worstFirst: readonly VerdictKind[] = [
  'harness-fault',
  'broken',
  'unreached',
  'unverified',
  'upheld',
  'inapplicable',
]

/**
 * The verdict on a rule from the verdicts of its cases: the worst counts.
 *
 * One exception: a case that could not be tried (`unverified`) does not outweigh another case that upheld the rule,
 * because a plugin without samples would otherwise never be seen to uphold anything that samples only show better.
 */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  const upheld = verdicts.some((verdict) => verdict.kind === 'upheld')
  const counted = upheld ? verdicts.filter((verdict) => verdict.kind !== 'unverified') : verdicts
  const [worst] = [...counted].sort((a, b) => worstFirst.indexOf(a.kind) - worstFirst.indexOf(b.kind))
  return worst ?? { kind: 'harness-fault', error: 'no case and no observer judges this rule' }
}
