import { setMaxListeners } from 'node:events'

import { create, toBinary } from '@bufbuild/protobuf'

import { QueryDataRequestSchema } from '../../proto/gen/grafana/backend_pb.js'
import { within } from '../../host/deadline.ts'
import { resourceRequest } from '../../host/context/query-request.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import { RawHttp2 } from '../../host/rpc/raw-http2.ts'
import { defineCase } from '../kernel/case.ts'
import type { FreshContext } from '../kernel/case-context.ts'
import { needs } from '../kernel/need.ts'
import { rules } from './rules.ts'

/** DATA-401 and DATA-408: so many calls at once. */
const CALLS = 32
/** Calls of a second try: fewer, but still six rounds for the four workers of the counter-example in DATA-401. */
const FEWER_CALLS = 24

/** Queries that run eight at a time end in four rounds; fewer at a time is a queue. */
const ROUNDS = 3.5

const slowQueries = defineCase({
  id: 'errors/slow-queries',
  title: 'asks 32 slow queries at once and a health check meanwhile',
  judges: [rules['calls-run-side-by-side']],
  needs: [needs.scripted],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['calls-run-side-by-side'])
    const plugin = await t.up()
    const first = await askSlowly(t, plugin, CALLS)
    // A machine that stood still for a moment does so once; a plugin that waits does so again, with fewer calls as well.
    const fault = first === undefined ? undefined : await askSlowly(t, plugin, FEWER_CALLS)
    if (fault === undefined) return rule.upheld()
    return rule.broken(fault.expected, fault.actual)
  },
})

/** Asks slow queries at once and checks the health meanwhile; returns what was wrong, if anything. */
async function askSlowly(
  t: FreshContext,
  plugin: Plugin,
  calls: number,
): Promise<{ readonly expected: string; readonly actual: string } | undefined> {
  const pluginContext = t.context()
  // DATA-401 says 2 s.
  const slowMs = t.budgets.watch * 2
  const queries = [t.query({ model: { conformance: { delayMs: slowMs } } })]
  const options = { budgetMs: slowMs * CALLS }
  const ends: number[] = []
  const slow = Array.from({ length: calls }, async () => {
    await plugin.data.queryData({ pluginContext, queries }, options)
    ends.push(performance.now())
  })
  const check = await plugin.diagnostics.checkHealth({ pluginContext }, options)
  // The order in which answers come depends little on how busy this machine is.
  const late = check.kind === 'timeout' || ends.length > 0
  await Promise.all(slow)
  if (late)
    return {
      expected: 'an answer to a health check before those to slow queries',
      actual: 'it came after them',
    }
  const spread = Math.round(Math.max(...ends) - Math.min(...ends))
  if (spread < slowMs * ROUNDS) return undefined
  return {
    expected: `${calls} queries of ${slowMs} ms that end together`,
    actual: `the last ended ${spread} ms after the first`,
  }
}

const equalRefIds = defineCase({
  id: 'errors/equal-refids-at-once',
  heavy: true,
  title: 'asks 32 different queries with refId A at once, and 32 resource calls on one path',
  judges: [rules['overlapping-calls-do-not-mix']],
  needs: [needs.scripted],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['overlapping-calls-do-not-mix'])
    const plugin = await t.up()
    const pluginContext = t.context()
    const marks = Array.from(
      { length: CALLS },
      (_, index) => `call-${index}-${Math.floor(t.random() * 1e9)};`,
    )
    const data = await Promise.all(
      marks.map(async (mark) => {
        const field = { name: 'mark', type: 'string', values: [mark] }
        const model = { conformance: { delayMs: 50, frames: [{ fields: [field] }] } }
        const queries = [t.query({ model })]
        const { responses } = t.answered(await plugin.data.queryData({ pluginContext, queries }))
        const bytes = Buffer.concat(responses['A']?.frames ?? [])
        return marks.filter((other) => bytes.includes(other))
      }),
    )
    const echoes = await Promise.all(
      marks.map(async (mark) => {
        const body = new TextEncoder().encode(mark)
        const request = resourceRequest(t.profile, { method: 'POST', path: 'conformance/echo', body })
        const parts = t.answered(await plugin.resource.callResource({ pluginContext, ...request }).all())
        const bytes = Buffer.concat(parts.map((part) => part.body))
        return marks.filter((other) => bytes.includes(Buffer.from(other).toString('base64')))
      }),
    )
    for (const found of [data, echoes]) {
      for (const [index, mark] of marks.entries()) {
        const others = (found[index] ?? []).filter((other) => other !== mark)
        if (others.length > 0)
          rule.broken(`the answer to ${mark} alone`, `the answer to ${others.join(' and ')}`)
      }
    }
    // An answer without any data is no mixture, but shows nothing either.
    if ([...data, ...echoes].some((found) => found.length === 0))
      return rule.unverified('the frames and the echo that the script asked for')
    return rule.upheld()
  },
})

/** Enough to fill any pool of workers that a plugin is likely to have. */
const ABANDONED = 100

/** Longer than any budget: only the cancellation ends these queries. */
const LONG_MS = 60_000

const abandoned = defineCase({
  id: 'errors/abandoned-queries',
  heavy: true,
  title: 'cancels 100 queries that take a minute each, then asks a quick one',
  judges: [rules['cancelled-calls-make-room']],
  needs: [needs.scripted],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['cancelled-calls-make-room'])
    const plugin = await t.up()
    const pluginContext = t.context()
    const cancel = new AbortController()
    setMaxListeners(0, cancel.signal)
    const queries = [t.query({ model: { conformance: { delayMs: LONG_MS } } })]
    const options = { budgetMs: LONG_MS, signal: cancel.signal }
    const calls = Array.from({ length: ABANDONED }, () =>
      plugin.data.queryData({ pluginContext, queries }, options),
    )
    // Sent on the same connection, so its answer shows that the queries have arrived.
    await within(
      plugin.diagnostics.checkHealth({ pluginContext }, { budgetMs: t.budgets.cancel }),
      t.budgets.cancel,
    )
    cancel.abort()
    await Promise.all(calls)
    const quick = [t.query({ model: { conformance: {} } })]
    const result = await plugin.data.queryData(
      { pluginContext, queries: quick },
      { budgetMs: t.budgets.cancel },
    )
    if (result.kind === 'answered') return rule.upheld()
    return rule.broken(`an answer within ${t.budgets.cancel} ms of the cancellation`, describeResult(result))
  },
})

/** DATA-403: what the query takes, far beyond the deadline of its call. */
const BEYOND_MS = 10_000

const deadline = defineCase({
  id: 'errors/deadline',
  title: 'asks a query of 10 s with a short deadline, and does not end the call itself',
  judges: [rules['deadlines-are-honoured']],
  needs: [needs.scripted],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['deadlines-are-honoured'])
    // DATA-403 says 1 s.
    const deadlineMs = t.budgets.watch
    const queries = [t.query({ model: { conformance: { delayMs: BEYOND_MS } } })]
    const request = create(QueryDataRequestSchema, { pluginContext: t.context(), queries })
    // A gRPC client would end the call by itself; over bare HTTP/2 only the plugin can.
    await using http2 = new RawHttp2(t.plugin.address, t.plugin.tls)
    if ((await http2.settings(t.budgets.connect)) !== undefined)
      return rule.unverified('a connection that speaks HTTP/2')
    const answer = await http2.call('/pluginv2.Data/QueryData', toBinary(QueryDataRequestSchema, request), {
      ms: deadlineMs + t.budgets.cancel,
      headers: { 'grpc-timeout': `${deadlineMs}m` },
    })
    if (answer.kind !== 'open') return rule.upheld()
    return rule.broken(`an end soon after ${deadlineMs} ms`, `the call is still open after ${answer.ms} ms`)
  },
})

/** Conversations in parallel. */
export const cases = [slowQueries, equalRefIds, abandoned, deadline]
