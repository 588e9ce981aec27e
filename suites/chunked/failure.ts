import { describeResult } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import { failingQuery, failingQueryMissing } from '../query/failing-query.ts'
import { goodQuery, goodQueryMissing } from '../query/good-query.ts'
import { rules } from './rules.ts'

/** One query fails while the stream goes on. */
export const failing = defineCase({
  id: 'chunked/one-failing-query',
  title: 'asks a good query beside one that fails',
  judges: [rules['failures-are-answered-in-band']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['failures-are-answered-in-band'])
    const pluginContext = t.context()
    const good = goodQuery(t)
    // First, so that a plugin without chunks is told apart from one whose author wrote no samples.
    const alone = t.answered(await t.plugin.data.queryChunkedData({ pluginContext, queries: [good] }).all())
    const bad = failingQuery(t, 'B')
    if (bad === undefined) return rule.unverified(failingQueryMissing)
    if (alone.length === 0 || alone.some(({ error }) => error !== ''))
      return rule.unverified(goodQueryMissing)

    const result = await t.plugin.data.queryChunkedData({ pluginContext, queries: [good, bad] }).all()
    const expected = 'data for A, a message with an error for B, and OK'
    if (result.kind === 'failed') return rule.broken(expected, describeResult(result))
    const messages = t.answered(result)
    if (messages.some(({ refId, error }) => refId === 'A' && error !== ''))
      return rule.broken(expected, 'an error for A too')
    if (messages.filter(({ refId }) => refId === 'A').length < alone.length)
      return rule.broken(expected, 'fewer messages for A than without B')
    if (messages.some(({ refId, error }) => refId === 'B' && error !== '')) return rule.upheld()
    return rule.broken(expected, 'no error for B')
  },
})
