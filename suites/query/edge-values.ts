import { describeResult } from '../../host/rpc/call-result.ts'
import type { CallResult } from '../../host/rpc/call-result.ts'
import type { QueryOptions } from '../kernel/case-context.ts'
import { defineCase } from '../kernel/case.ts'
import { goodQueryMissing } from './good-query.ts'
import { rules } from './rules.ts'

/** 2023-11-14, the start of every range of the suite. */
const NOW = 1_700_000_000_000
const HOUR = 3_600_000

/** Values that Grafana passes on as they are; none of them may end or hang a plugin (DATA-105). */
const edges: ReadonlyArray<readonly [name: string, options: QueryOptions]> = [
  ['from = to', { from: NOW, to: NOW }],
  ['from > to', { from: NOW + HOUR, to: NOW }],
  ['a range before 1970', { from: -24 * HOUR, to: -23 * HOUR }],
  ['a range after 2262', { from: Date.UTC(2300, 0, 1), to: Date.UTC(2300, 0, 1) + HOUR }],
  ['intervalMs 0', { intervalMs: 0 }],
  ['intervalMs -1', { intervalMs: -1 }],
  ['maxDataPoints 0', { maxDataPoints: 0 }],
  ['maxDataPoints -1', { maxDataPoints: -1 }],
  ['maxDataPoints 43200', { maxDataPoints: 43_200 }],
]

/** One query a value; in a process of its own, so that a death has one possible cause. */
export const edgeValues = defineCase({
  id: 'query/edge-values',
  title: 'asks for odd time ranges, intervals and numbers of points, one call each',
  judges: [rules['edge-values-are-survived']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['edge-values-are-survived'])
    const plugin = await t.up()
    const ask = (options: QueryOptions): Promise<CallResult<unknown>> =>
      plugin.data.queryData({ pluginContext: t.context(), queries: [t.query(options)] })

    const plain = await ask({})
    if (plain.kind === 'failed' && plain.code !== UNIMPLEMENTED) return rule.unverified(goodQueryMissing)
    t.answered(plain)
    const expected = 'data, an error, or a failed call, while the process lives on'
    for (const [name, options] of edges) {
      const result = await ask(options)
      if (isGone(result)) return rule.broken(expected, `${name}: ${describeResult(result)}`)
    }
    const after = await ask({})
    if (isGone(after)) return rule.broken(expected, `the plain query after them: ${describeResult(after)}`)
    return rule.upheld()
  },
})

const UNIMPLEMENTED = 12

function isGone(result: CallResult<unknown>): boolean {
  return result.kind === 'died' || result.kind === 'timeout'
}
