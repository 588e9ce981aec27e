import type { Case } from './case.ts'
import type { Catalogue } from './catalogue.ts'
import type { Selection } from './filter.ts'
import { unmet } from './need.ts'
import type { Samples } from './samples.ts'
import type { Contract, JudgedSubject } from './subject.ts'
import type { Verdict } from './verdict.ts'

/** One case in one variant, to be run or to be skipped with a reason. */
export interface PlanItem {
  readonly case: Case
  /** Empty for a case without variants. */
  readonly variant: string
  /** `case-id` or `case-id#variant`: the tag of its events. */
  readonly tag: string
  /** Why it can't be tried, if it can't. */
  readonly skip: Verdict | undefined
}

/** What decides whether a case can be tried. */
export interface PlanInputs {
  readonly subject: JudgedSubject
  readonly contract: Contract
  readonly samples: Samples
}

/** Cases × variants in declaration order. */
export function planCases(
  catalogue: Catalogue,
  selection: Selection,
  inputs: PlanInputs,
): readonly PlanItem[] {
  return catalogue.cases
    .filter((one) => selection.cases.has(one.id))
    .flatMap((one) => (one.variants ?? ['']).map((variant) => item(one, variant, inputs)))
}

function item(one: Case, variant: string, { subject, contract, samples }: PlanInputs): PlanItem {
  const start =
    one.process === 'fresh' || one.process === 'start'
      ? unmet({ kind: 'start' }, subject, contract, samples)
      : undefined
  const folder = one.process === 'none' ? unmet({ kind: 'folder' }, subject, contract, samples) : undefined
  const skips = [start, folder, ...(one.needs ?? []).map((need) => unmet(need, subject, contract, samples))]
  // What the plugin does not declare tells more than what the harness lacks.
  const skip =
    skips.find((verdict) => verdict?.kind === 'inapplicable') ??
    skips.find((verdict) => verdict !== undefined)
  return { case: one, variant, tag: variant === '' ? one.id : `${one.id}#${variant}`, skip }
}
