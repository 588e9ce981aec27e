import type { Oddball } from '../kernel/oddball.ts'
import type { Rule } from '../kernel/rule.ts'
import type { SpecRule } from './spec-rule.ts'

/** What stands for one rule of the protocol. */
export interface Coverage {
  readonly spec: SpecRule
  /** Ids of the catalogue's rules that cite it. */
  readonly rules: readonly string[]
  /** Ids of the oddballs that use the latitude that it grants. */
  readonly oddballs: readonly string[]
  /** Test files whose titles name it. */
  readonly tests: readonly string[]
  /** Why neither is possible. */
  readonly reason: string | undefined
}

/** Where proofs are looked for. */
export interface Evidence {
  readonly rules: readonly Rule[]
  readonly oddballs: readonly Oddball[]
  /** Spec ids by test file. */
  readonly tests: ReadonlyMap<string, readonly string[]>
  /** Reasons by spec id. */
  readonly beyondReach: Readonly<Record<string, string>>
}

/** Holds the rules of the protocol against what proves them. */
export function cover(specRules: readonly SpecRule[], evidence: Evidence): readonly Coverage[] {
  return specRules.map((spec) => ({
    spec,
    rules: evidence.rules
      .filter((rule) => rule.sources.some((source) => 'spec' in source && source.spec === spec.id))
      .map((rule) => rule.id),
    oddballs: evidence.oddballs
      .filter((oddball) => oddball.because.includes(spec.id))
      .map((oddball) => oddball.id),
    tests: [...evidence.tests].filter(([, ids]) => ids.includes(spec.id)).map(([file]) => file),
    reason: evidence.beyondReach[spec.id],
  }))
}

/**
 * Whether nothing stands for a rule although something has to: a rule of the catalogue for what plugins MUST and SHOULD do, a
 * rule or a test for what the host does. What plugins MAY do asks for nothing.
 */
export function isOpen({ spec, rules, tests, reason }: Coverage): boolean {
  if (reason !== undefined || rules.length > 0) return false
  switch (spec.level) {
    case 'must':
    case 'should':
      return true
    case 'host':
      return tests.length === 0
    case 'may':
      return false
    default:
      return spec.level satisfies never
  }
}
