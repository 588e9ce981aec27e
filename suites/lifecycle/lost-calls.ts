import { create, toBinary } from '@bufbuild/protobuf'

import { CheckHealthRequestSchema, QueryDataRequestSchema } from '../../proto/gen/grafana/backend_pb.js'
import { within } from '../../host/deadline.ts'
import { describeExit, describeResult } from '../../host/rpc/call-result.ts'
import { RawHttp2 } from '../../host/rpc/raw-http2.ts'
import { defineCase } from '../kernel/case.ts'
import { isLost } from './is-lost.ts'
import { rules } from './transport-rules.ts'

/** Enough to fill the workers that a plugin is likely to have. */
const CALLS = 32

/** Longer than any budget: only the end of their connection ends these queries. */
const LONG_MS = 60_000

const lostCalls = defineCase({
  id: 'lifecycle/connection-lost-in-calls',
  heavy: true,
  title:
    'asks 32 queries on a second connection, breaks it before they are answered, and asks again on the first',
  judges: [rules['lost-connections-end-their-calls-only']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['lost-connections-end-their-calls-only'])
    const plugin = await t.up()
    const pluginContext = t.context()
    const quick = { pluginContext, queries: [t.query()] }
    const before = await plugin.data.queryData(quick)
    if (isLost(before)) return rule.unverified(`a plugin that answers otherwise (${describeResult(before)})`)

    // A plugin that nobody knows is asked what it may answer at once; a scripted one is certain to be in the middle of it.
    const slow =
      t.contract === 'scripted' ? [t.query({ model: { conformance: { delayMs: LONG_MS } } })] : quick.queries
    const message = toBinary(
      QueryDataRequestSchema,
      create(QueryDataRequestSchema, { pluginContext, queries: slow }),
    )
    const second = new RawHttp2(plugin.address, plugin.tls)
    const silence = await second.settings(t.budgets.connect)
    if (silence !== undefined) {
      await second[Symbol.asyncDispose]()
      return rule.unverified('a second connection')
    }
    const calls = Array.from({ length: CALLS }, () =>
      second.call('/pluginv2.Data/QueryData', message, { ms: LONG_MS }),
    )
    // Sent after them on the same connection, so that its answer shows that they have arrived.
    const health = toBinary(CheckHealthRequestSchema, create(CheckHealthRequestSchema, { pluginContext }))
    await second.call('/pluginv2.Diagnostics/CheckHealth', health, { ms: t.budgets.cancel })
    await second[Symbol.asyncDispose]()
    await Promise.all(calls)
    // The plugin learns of it a moment later; what it does then takes another.
    const exited = plugin.process?.exited ?? new Promise<never>(() => {})
    const ended = await within(exited, t.budgets.watch, t.signal)
    if (ended.kind === 'settled') return rule.broken('a process that lives', describeExit(ended.value))

    const after = await plugin.data.queryData(quick, { budgetMs: t.budgets.call })
    if (!isLost(after)) return rule.upheld()
    return rule.broken('an answer to the next query on the other connection', describeResult(after))
  },
})

/** Conversations on a connection that breaks. */
export const cases = [lostCalls]
