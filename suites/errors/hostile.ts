import type { CheckHealthResponse } from '../../proto/gen/grafana/backend_pb.js'
import { CheckHealthResponse_HealthStatus } from '../../proto/gen/grafana/backend_pb.js'
import { resourceRequest } from '../../host/context/query-request.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import type { CallResult } from '../../host/rpc/call-result.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import type { CaseContext, FreshContext } from '../kernel/case-context.ts'
import { defineCase } from '../kernel/case.ts'
import { needs } from '../kernel/need.ts'
import { isLost } from '../lifecycle/is-lost.ts'
import { methodPaths } from './every-method.ts'
import { rules } from './rules.ts'
import { undecodable } from './undecodable.ts'

const malformed = defineCase({
  id: 'errors/malformed-protobuf',
  title: 'sends bytes that are no protobuf to every method',
  judges: [rules['malformed-requests-fail-alone'], rules['healthy-after-a-failure']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['malformed-requests-fail-alone'])
    const plugin = await t.up()
    const before = await health(plugin, t)
    for (const { name, bytes } of undecodable(() => t.random())) {
      const results = await Promise.all(
        methodPaths.map(async (path) => {
          const call = plugin.sendBytes(path, bytes, { budgetMs: t.budgets.call })
          return [path, await call.all()] as const
        }),
      )
      for (const [path, result] of results) {
        if (result.kind !== 'failed' || isLost(result))
          rule.broken(`an error for ${name} at ${path}`, describeResult(result))
      }
      if (plugin.exit !== undefined) break
    }
    rule.upheld()
    await judgeHealth(plugin, t, before)
  },
})

const encoder = new TextEncoder()

/** JSON that Grafana would still hand on, but that few authors have tried (DATA-406); Go refuses more than 10 000 levels. */
const hostileJson: Readonly<Record<string, Uint8Array>> = {
  'null bytes': encoder.encode('{"refId":"A","text":"\0","escaped":"\\u0000"}'),
  'nine thousand levels': encoder.encode(`{"refId":"A","deep":${'['.repeat(9000)}${']'.repeat(9000)}}`),
  'a list instead of an object': encoder.encode('[]'),
  'a lone null': encoder.encode('null'),
  'nothing at all': new Uint8Array(),
  'no UTF-8': Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
}

/** Long, but an error that quotes it still fits the 64 KiB of trailers that this host can receive (docs/fidelity.md). */
const LONG_REF_ID = 'A'.repeat(16 * 1024)

const hostileQueries = defineCase({
  id: 'errors/hostile-queries',
  heavy: true,
  title: 'asks queries with null bytes, deep nesting, no JSON and a refId of 16 KiB',
  judges: [rules['handler-faults-stay-in-the-call'], rules['healthy-after-a-failure']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['handler-faults-stay-in-the-call'])
    const plugin = await t.up()
    const before = await health(plugin, t)
    const queries = [
      ...Object.entries(hostileJson).map(([name, json]) => [name, { ...t.query(), json }] as const),
      ['a refId of 16 KiB', t.query({ refId: LONG_REF_ID })] as const,
    ]
    for (const [name, query] of queries) {
      const result = await plugin.data.queryData(
        { pluginContext: t.context(), queries: [query] },
        { budgetMs: t.budgets.call },
      )
      if (isLost(result)) rule.broken(`an answer or an error for ${name}`, describeResult(result))
      if (plugin.exit !== undefined) break
    }
    rule.upheld()
    await judgeHealth(plugin, t, before)
  },
})

const panics = defineCase({
  id: 'errors/panics',
  title: 'lets a query, a health check and a resource call throw an exception',
  judges: [rules['handler-faults-stay-in-the-call'], rules['healthy-after-a-failure']],
  needs: [needs.scripted],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['handler-faults-stay-in-the-call'])
    const plugin = await t.up()
    const before = await health(plugin, t)
    const script = { conformance: { fail: 'panic' } }
    const query = await plugin.data.queryData({
      pluginContext: t.context(),
      queries: [t.query({ model: script })],
    })
    const check = await plugin.diagnostics.checkHealth({ pluginContext: t.context({ jsonData: script }) })
    const resource = await plugin.resource
      .callResource({
        pluginContext: t.context(),
        ...resourceRequest(t.profile, { method: 'GET', path: 'conformance/panic' }),
      })
      .all()
    judgePanic('the query', query, (answer) => (answer.responses['A']?.error ?? '') !== '')
    judgePanic('the health check', check, (answer) => answer.status !== CheckHealthResponse_HealthStatus.OK)
    judgePanic('the resource call', resource, ([first]) => (first?.code ?? 0) >= 500)
    rule.upheld()
    await judgeHealth(plugin, t, before)

    function judgePanic<Message>(
      what: string,
      result: CallResult<Message>,
      isError: (message: Message) => boolean,
    ): void {
      const expected = `an error of ${what} alone`
      if (isLost(result)) rule.broken(expected, describeResult(result))
      if (result.kind === 'answered' && !isError(result.message))
        rule.broken(expected, 'success, although its handler threw an exception')
    }
  },
})

function health(plugin: Plugin, t: CaseContext): Promise<CallResult<CheckHealthResponse>> {
  return plugin.diagnostics.checkHealth({ pluginContext: t.context() }, { budgetMs: t.budgets.call })
}

/** A plugin that was healthy before is so afterwards; one that died is judged elsewhere. */
async function judgeHealth(
  plugin: Plugin,
  t: FreshContext,
  before: CallResult<CheckHealthResponse>,
): Promise<void> {
  const rule = t.rule(rules['healthy-after-a-failure'])
  const after = await health(plugin, t)
  if (after.kind === 'died' || plugin.exit !== undefined) return rule.unverified('a plugin that lives on')
  if (before.kind !== 'answered' || after.kind === before.kind) return rule.upheld()
  return rule.broken('an answer to CheckHealth, as before', describeResult(after))
}

/** Conversations with bad requests. */
export const cases = [malformed, hostileQueries, panics]
