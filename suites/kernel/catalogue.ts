import type { Case } from './case.ts'
import type { Observer } from './observer.ts'
import type { Rule } from './rule.ts'

/** Everything that can be judged and how. */
export interface Catalogue {
  readonly rules: readonly Rule[]
  readonly cases: readonly Case[]
  readonly observers: readonly Observer[]
}

/** The ids of everything that judges a rule, cases first. */
export function judgesOf(rule: Rule, catalogue: Catalogue): readonly string[] {
  const all = [...catalogue.cases, ...catalogue.observers]
  return all.filter((one) => one.judges.some((judged) => judged.id === rule.id)).map((one) => one.id)
}
