/** The first form of the query model called the scenario `kind`. A query in today's form is returned as it is (CONV-006). */
export function migrateQuery(query: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { kind, ...rest } = query
  if (kind === undefined || query['scenario'] !== undefined) return query
  return { ...rest, scenario: kind }
}
