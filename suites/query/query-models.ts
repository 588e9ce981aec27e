import type { JsonInput } from '../../host/context/grafana-json.ts'
import { grafanaJson } from '../../host/context/grafana-json.ts'
import type { DataQuery } from '../../proto/gen/grafana/backend_pb.js'
import type { Judge, SharedContext } from '../kernel/case-context.ts'
import { defineCase } from '../kernel/case.ts'
import { askOne, describeOutcome } from './ask-one.ts'
import { goodQuery, goodQueryMissing } from './good-query.ts'
import { hasRows } from './read-frames.ts'
import { rules } from './rules.ts'

type Model = Readonly<Record<string, JsonInput>>

/** What the UI writes beside the plugin's own fields (DATA-103); a plugin needs none of it. */
const optionalKeys = { queryCachingTTL: 60_000, datasourceId: 1, key: 'Q-conformance-0', hide: false }

/** Changes of a model that no plugin may mind (DATA-106). */
const harmlessChanges: Readonly<Record<string, (model: Model) => Model>> = {
  'unknown-key': (model) => ({ ...model, futureField: { a: [1] } }),
  'missing-keys': (model) =>
    Object.fromEntries(
      Object.entries(model).filter(
        ([key, value]) => !Object.hasOwn(optionalKeys, key) && (key !== 'queryType' || value !== ''),
      ),
    ),
  'null-value': (model) => ({ ...model, queryCachingTTL: null }),
}

const harmless = defineCase({
  id: 'query/harmless-keys',
  title: 'adds an unknown key to a query model, leaves optional ones out, sets one to null',
  judges: [rules['unknown-keys-are-ignored']],
  process: 'shared',
  variants: ['unknown-key', 'missing-keys', 'null-value'],
  async run(t) {
    const plain = withModel(goodQuery(t), (model) => ({ queryType: '', ...model, ...optionalKeys }))
    const changed = withModel(plain, harmlessChanges[t.variant] ?? ((model) => model))
    await judgeSame(t, t.rule(rules['unknown-keys-are-ignored']), { plain, changed })
  },
})

const hidden = defineCase({
  id: 'query/hidden-query',
  title: 'asks a query that the dashboard hides',
  judges: [rules['hidden-queries-are-executed']],
  process: 'shared',
  async run(t) {
    const queries = { plain: goodQuery(t), changed: goodQuery(t, { hide: true }) }
    await judgeSame(t, t.rule(rules['hidden-queries-are-executed']), queries)
  },
})

/** Asks both queries; the changed one has to succeed, and to have rows, if the plain one does. */
async function judgeSame(
  t: SharedContext,
  rule: Judge,
  queries: { readonly plain: DataQuery; readonly changed: DataQuery },
): Promise<void> {
  const plain = await askOne(t, t.plugin, queries.plain)
  if (plain.kind !== 'succeeded') return rule.unverified(goodQueryMissing)
  const rows = hasRows(plain.response)
  const changed = await askOne(t, t.plugin, queries.changed)
  if (changed.kind === 'succeeded' && (!rows || hasRows(changed.response))) return rule.upheld()
  // What the plugin stands on may have failed in between: ask the plain one again before accusing.
  const again = await askOne(t, t.plugin, queries.plain)
  if (again.kind !== 'succeeded' || hasRows(again.response) !== rows)
    return rule.unverified('a query that is answered alike every time; add one to conformance.yaml')
  const expected = `an answer ${rows ? 'with data' : 'without error'}, as without the change`
  return rule.broken(
    expected,
    changed.kind === 'succeeded' ? 'an answer without data' : describeOutcome(changed),
  )
}

function withModel(query: DataQuery, change: (model: Model) => Model): DataQuery {
  // The host itself wrote this object a moment ago.
  const model = JSON.parse(new TextDecoder().decode(query.json)) as Model
  return { ...query, json: new TextEncoder().encode(grafanaJson(change(model))) }
}

/** Conversations about what stands in a query model. */
export const modelCases = [harmless, hidden] as const
