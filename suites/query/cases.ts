import { defineCase } from '../kernel/case.ts'
import { listRefIds, refIdDifference } from './answer-map.ts'
import { rules } from './rules.ts'

/** RefIds that people and tools really use: letters, Unicode with a slash, and a long one (DATA-201). */
const refIdSets: Readonly<Record<string, readonly string[]>> = {
  two: ['A', 'B'],
  unicode: ['A', 'Ünïcode/1'],
  long: ['A', 'x'.repeat(200)],
}

const refIds = defineCase({
  id: 'query/several-refids',
  title: 'asks several queries in one request',
  judges: [rules['every-refid-answered'], rules['no-refid-unasked']],
  process: 'shared',
  variants: ['two', 'unicode', 'long'],
  async run(t) {
    const queries = (refIdSets[t.variant] ?? []).map((refId) => t.query({ refId }))
    const { responses } = t.answered(await t.plugin.data.queryData({ pluginContext: t.context(), queries }))
    const { missing, unasked } = refIdDifference(queries, responses)
    const expected = listRefIds(queries.map((query) => query.refId))
    const actual = listRefIds(Object.keys(responses))
    if (missing.length === 0) t.rule(rules['every-refid-answered']).upheld()
    else t.rule(rules['every-refid-answered']).broken(expected, actual)
    if (unasked.length === 0) t.rule(rules['no-refid-unasked']).upheld()
    else t.rule(rules['no-refid-unasked']).broken(expected, actual)
  },
})

const unreadable = defineCase({
  id: 'query/one-unreadable-query',
  title: 'asks a good query beside one whose model no plugin can understand',
  judges: [rules['failure-stays-in-its-query']],
  process: 'shared',
  async run(t) {
    const good = t.query({ refId: 'A' })
    const alone = t.answered(await t.plugin.data.queryData({ pluginContext: t.context(), queries: [good] }))
    // Without instance or settings no query can be answered: that is not what this rule is about (DATA-204, CTX-407).
    if (alone.responses['A'] === undefined || alone.responses['A'].error !== '') {
      t.rule(rules['failure-stays-in-its-query']).unverified(
        'a query that succeeds; add one to conformance.yaml',
      )
      return
    }
    const bad = { ...t.query({ refId: 'B' }), json: new TextEncoder().encode('{"refId":"B", not json') }
    const result = await t.plugin.data.queryData({ pluginContext: t.context(), queries: [good, bad] })
    const rule = t.rule(rules['failure-stays-in-its-query'])
    const expected = 'data for A beside an error for B'
    if (result.kind === 'failed') return rule.broken(expected, `the whole call failed: ${result.details}`)
    const { responses } = t.answered(result)
    if (responses['A'] !== undefined && responses['A'].error === '') return rule.upheld()
    return rule.broken(expected, `A failed too: ${responses['A']?.error ?? 'no response'}`)
  },
})

/** Conversations about QueryData. */
export const cases = [refIds, unreadable]
