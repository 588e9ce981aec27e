import { describeResult } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import { isLost } from './is-lost.ts'
import { rules } from './transport-rules.ts'

/** Of each kind, mixed: the panels of a large dashboard, and health checks meanwhile. */
const CALLS = 32

const crowd = defineCase({
  id: 'lifecycle/first-calls-at-once',
  heavy: true,
  title: 'sends 32 queries and 32 health checks at once, right after the handshake',
  judges: [rules['answers-many-first-calls']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['answers-many-first-calls'])
    const plugin = await t.up()
    const pluginContext = t.context()
    // Time is judged elsewhere (DATA-401); slow backends are slower with so many calls.
    const options = { budgetMs: t.budgets.call * 2 }
    const results = await Promise.all(
      Array.from({ length: CALLS }, () => [
        plugin.data.queryData({ pluginContext, queries: [t.query()] }, options),
        plugin.diagnostics.checkHealth({ pluginContext }, options),
      ]).flat(),
    )
    const lost = results.filter((result) => isLost(result))
    const [first] = lost
    if (first === undefined) return rule.upheld()
    return rule.broken(
      `${results.length} answers`,
      `${results.length - lost.length} answers; the others: ${describeResult(first)}`,
    )
  },
})

/** Conversations that begin with a crowd. */
export const cases = [crowd]
