/** How binding a rule is. `must`: Grafana or its users get a wrong or failed result otherwise; `should`: works, but degraded; `may`: a note. */
export type Level = 'must' | 'should' | 'may'

/** The parts of the protocol that rules are grouped by. */
export const areas = [
  'manifest',
  'handshake',
  'tls',
  'lifecycle',
  'logs',
  'context',
  'query',
  'chunked',
  'frame',
  'dataplane',
  'alerting',
  'resource',
  'health',
  'metrics',
  'stream',
  'admission',
  'conversion',
  'trace',
  'errors',
] as const

export type Area = (typeof areas)[number]

/** Where a rule comes from. */
export type Source =
  /** A rule of `docs/protocol/`, such as `DATA-201`. */
  | { readonly spec: string }
  /** A message or field of the protocol files, such as `QueryDataResponse.responses`. */
  | { readonly proto: string }
  /** A file of Grafana, its SDK or go-plugin, as `repo:path`. */
  | { readonly upstream: string }
  /** A page of documentation, by its title. */
  | { readonly doc: string }

/** What an author writes about a rule. */
export interface RuleDefinition {
  /** One sentence in the present tense, subject first, that says the good state. */
  readonly statement: string
  readonly level: Level
  /** What a Grafana user sees when the rule is broken. */
  readonly consequence: string
  readonly sources: readonly [Source, ...Source[]]
  /** First Grafana version that cares, where older ones don't. */
  readonly since?: string
}

/** A sourced statement about good plugins. It holds no code: cases and observers judge it. */
export interface Rule<Id extends string = string> extends RuleDefinition {
  /** `area/kebab-slug` */
  readonly id: Id
  readonly area: Area
}

/** The rules of one area, by their slugs. */
export type RulesOf<Name extends Area, Slug extends string> = { readonly [S in Slug]: Rule<`${Name}/${S}`> }

/**
 * Defines the rules of an area.
 *
 * @example
 * const rules = defineRules('query', { 'every-refid-answered': { statement: '…', level: 'must', consequence: '…', sources: [{ spec: 'DATA-201' }] } })
 * rules['every-refid-answered'].id // 'query/every-refid-answered'
 */
export function defineRules<const Name extends Area, const Slug extends string>(
  area: Name,
  definitions: Readonly<Record<Slug, RuleDefinition>>,
): RulesOf<Name, Slug> {
  const rules = Object.entries<RuleDefinition>(definitions).map(([slug, definition]) => [
    slug,
    { ...definition, area, id: `${area}/${slug}` },
  ])
  // Each slug has become the rule of that name, which is what RulesOf says.
  return Object.fromEntries(rules) as RulesOf<Name, Slug>
}
