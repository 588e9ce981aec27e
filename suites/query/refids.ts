import { describeResult } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import { listRefIds, refIdDifference } from './answer-map.ts'
import { askOne } from './ask-one.ts'
import { goodQuery } from './good-query.ts'
import { rules } from './rules.ts'

/** RefIds that people and tools really use: letters, Unicode with a slash, a long one, an empty one (DATA-102, DATA-201). */
const refIdSets: Readonly<Record<string, readonly string[]>> = {
  two: ['A', 'B'],
  unicode: ['A', 'Ünïcode/1'],
  long: ['A', 'x'.repeat(200)],
  empty: ['A', ''],
}

const several = defineCase({
  id: 'query/several-refids',
  title: 'asks several queries in one request',
  judges: [rules['every-refid-answered'], rules['no-refid-unasked']],
  process: 'shared',
  variants: ['two', 'unicode', 'long', 'empty'],
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

const duplicates = defineCase({
  id: 'query/duplicate-refids',
  title: 'asks two queries with the same refId in one request',
  judges: [rules['duplicate-refids-do-no-harm']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['duplicate-refids-do-no-harm'])
    const alone = await askOne(t, t.plugin, goodQuery(t))
    if (alone.kind === 'call-failed' || alone.kind === 'unanswered')
      return rule.unverified('a plugin that answers a query when it is sent alone')
    const queries = [goodQuery(t), goodQuery(t, { intervalMs: 2000 })]
    const result = await t.plugin.data.queryData({ pluginContext: t.context(), queries })
    // Grafana itself refuses such requests, so a plugin may as well.
    if (result.kind === 'failed') {
      t.note('refused with', describeResult(result))
      return rule.upheld()
    }
    const refIds = Object.keys(t.answered(result).responses)
    if (refIds.includes('A')) return rule.upheld()
    return rule.broken('one response for A', listRefIds(refIds))
  },
})

const emptyBatch = defineCase({
  id: 'query/empty-batch',
  title: 'sends a request without queries',
  judges: [rules['empty-batch-is-answered']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['empty-batch-is-answered'])
    const alone = await askOne(t, t.plugin, goodQuery(t))
    // A plugin that can not build its instance fails every call (CTX-407).
    if (alone.kind === 'call-failed') return rule.unverified('a QueryData call that the plugin answers')
    const result = await t.plugin.data.queryData({ pluginContext: t.context(), queries: [] })
    const expected = 'OK without responses'
    if (result.kind === 'failed') return rule.broken(expected, describeResult(result))
    const { unasked } = refIdDifference([], t.answered(result).responses)
    if (unasked.length === 0) return rule.upheld()
    return rule.broken(expected, listRefIds(unasked))
  },
})

/** Conversations about which refIds are answered. */
export const refIdCases = [several, duplicates, emptyBatch] as const
