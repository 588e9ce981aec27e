import type { Case } from './kernel/case.ts'
import type { Catalogue } from './kernel/catalogue.ts'
import type { Observer } from './kernel/observer.ts'
import type { Rule } from './kernel/rule.ts'
import { cases as queryCases } from './query/cases.ts'
import { observers as queryObservers } from './query/observers.ts'
import { rules as queryRules } from './query/rules.ts'

/** Every rule, case and observer there is, areas in the order in which a plugin meets them. */
export const catalogue: Catalogue = {
  rules: [queryRules].flatMap((rules): readonly Rule[] => Object.values(rules)),
  cases: [queryCases].flatMap((cases): readonly Case[] => cases),
  observers: [queryObservers].flatMap((observers): readonly Observer[] => observers),
}
