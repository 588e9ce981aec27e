import { describeResult } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import { goodQuery, goodQueryMissing } from '../query/good-query.ts'
import { rules } from './rules.ts'

/** Longer than any budget: only the cancellation ends it. */
const ENDLESS_MS = 600_000

/** The browser goes away while a query runs. */
export const cancelled = defineCase({
  id: 'chunked/cancelled-stream',
  title: 'cancels a stream and asks the same query again',
  judges: [rules['cancellation-leaves-no-trace']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['cancellation-leaves-no-trace'])
    const pluginContext = t.context()
    // RefIds of its own, so that nobody else meets what a cancellation leaves behind.
    const good = goodQuery(t, { refId: 'cancelled' })
    const before = t.answered(await t.plugin.data.queryChunkedData({ pluginContext, queries: [good] }).all())
    if (before.length === 0) return rule.unverified(goodQueryMissing)

    const slow =
      t.contract === 'scripted'
        ? [t.query({ refId: 'endless', model: { conformance: { delayMs: ENDLESS_MS } } })]
        : []
    const stream = t.plugin.data.queryChunkedData({ pluginContext, queries: [good, ...slow] })
    await stream.next(t.budgets.firstPacket)
    stream.cancel()
    await stream.ended

    const after = await t.plugin.data.queryChunkedData({ pluginContext, queries: [good] }).all()
    const expected = `${before.length} messages, as before the cancellation`
    if (after.kind === 'failed' || after.kind === 'timeout')
      return rule.broken(expected, describeResult(after))
    if (t.answered(after).length >= before.length) return rule.upheld()
    // What the plugin stands on may have changed meanwhile: ask once more before accusing.
    const again = t.answered(await t.plugin.data.queryChunkedData({ pluginContext, queries: [good] }).all())
    if (again.length > 0) return rule.upheld()
    return rule.broken(expected, 'a stream without messages')
  },
})
