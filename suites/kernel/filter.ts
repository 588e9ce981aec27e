import { ConformanceError } from '../../host/conformance-error.ts'
import { nearest } from '../../host/nearest.ts'
import type { Catalogue } from './catalogue.ts'
import type { Rule } from './rule.ts'

/** Which part of the catalogue is wanted: globs over rule, case and observer ids. */
export interface Filter {
  /** Empty means everything. */
  readonly only: readonly string[]
  readonly skip: readonly string[]
}

/** The part of the catalogue that a run judges. */
export interface Selection {
  readonly rules: ReadonlySet<string>
  /** Cases that are run; observers see the events of all of them. */
  readonly cases: ReadonlySet<string>
}

/**
 * Applies `--only` and `--skip`. A rule's glob selects the rule; a case's or observer's glob selects it and the rules it judges.
 *
 * A glob that matches nothing is a usage error that names the nearest id.
 */
export function select(catalogue: Catalogue, filter: Filter): Selection {
  const only = filter.only.map((glob) => matcher(glob, catalogue))
  const skip = filter.skip.map((glob) => matcher(glob, catalogue))
  const judges = [...catalogue.cases, ...catalogue.observers]
  const wanted = (id: string, rules: readonly Rule[] = []): boolean =>
    (only.length === 0 || only.some((match) => match(id) || rules.some((rule) => match(rule.id)))) &&
    !skip.some((match) => match(id))

  const direct = judges.filter((one) => wanted(one.id, one.judges))
  const rules = new Set<string>()
  for (const one of direct) {
    for (const rule of one.judges) {
      const named = only.length === 0 || only.some((match) => match(rule.id) || match(one.id))
      if (named && !skip.some((match) => match(rule.id))) rules.add(rule.id)
    }
  }
  // Who names an area wants what it watches over its own cases; who names what an observer judges wants it watched everywhere.
  const watched = only.some(
    (match) =>
      !catalogue.cases.some((one) => match(one.id)) &&
      catalogue.observers.some((one) => match(one.id) || one.judges.some((rule) => match(rule.id))),
  )
  const cases = catalogue.cases.filter((one) => {
    if (skip.some((match) => match(one.id))) return false
    return watched || one.judges.some((rule) => rules.has(rule.id))
  })
  return { rules, cases: new Set(cases.map((one) => one.id)) }
}

function matcher(glob: string, catalogue: Catalogue): (id: string) => boolean {
  const pattern = new RegExp(
    `^${glob
      .split('*')
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
      .join('.*')}$`,
  )
  const ids = [...catalogue.rules, ...catalogue.cases, ...catalogue.observers].map((one) => one.id)
  if (ids.some((id) => pattern.test(id))) return (id) => pattern.test(id)
  const near = nearest(glob, ids)
  throw new ConformanceError('usage', `No rule, case or observer matches "${glob}".`, {
    hint:
      near === undefined
        ? 'See `grafana-plugin-conformance list`.'
        : `Did you mean ${near}? See \`grafana-plugin-conformance list\`.`,
  })
}
