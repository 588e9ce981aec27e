import { SubscribeStreamResponse_Status } from '../../proto/gen/grafana/backend_pb.js'
import { bareContext } from '../../host/context/plugin-context.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import { defineCase } from '../kernel/case.ts'
import { CaseEnded } from '../kernel/case-ended.ts'
import type { CaseContext } from '../kernel/case-context.ts'
import { askHealth, askQuery, askResource } from './ask.ts'
import type { Outcome } from './outcome.ts'
import { outcomeOf } from './outcome.ts'
import { rules } from './rules.ts'

/** Everything that a user or a job may ask first (CTX-408). */
const firstCalls: Readonly<Record<string, (t: CaseContext, plugin: Plugin) => Promise<Outcome>>> = {
  CheckHealth: (t, plugin) => askHealth(t, plugin),
  QueryData: (t, plugin) => askQuery(t, plugin),
  QueryChunkedData: async (t, plugin) =>
    outcomeOf(
      await plugin.data.queryChunkedData({ pluginContext: t.context(), queries: [t.query()] }).all(),
      (messages) => {
        const failed = messages.some(({ error }) => error !== '')
        return {
          key: failed ? 'error' : 'data',
          text: failed ? 'an error in band' : 'data',
          kind: 'answered',
        }
      },
    ),
  CallResource: (t, plugin) => askResource(t, plugin),
  CollectMetrics: async (t, plugin) =>
    outcomeOf(await plugin.diagnostics.collectMetrics({ pluginContext: bareContext(t.subject) })),
  SubscribeStream: async (t, plugin) =>
    outcomeOf(
      await plugin.stream.subscribeStream({
        pluginContext: t.context(),
        path: t.samples.channels[0]?.path ?? 'conformance/first',
      }),
      ({ status }) => {
        const name = SubscribeStreamResponse_Status[status] ?? String(status)
        return { key: name, text: `status ${name}`, kind: 'answered' }
      },
    ),
}

const first = defineCase({
  id: 'context/first-call',
  title: 'starts a process for each method and makes that call first, then again after a health check',
  judges: [rules['any-call-may-be-first']],
  process: 'fresh',
  variants: Object.keys(firstCalls),
  async run(t) {
    const rule = t.rule(rules['any-call-may-be-first'])
    const ask = firstCalls[t.variant]
    if (ask === undefined) throw new TypeError(`there is no call ${t.variant}`)
    const attempt = async (): Promise<readonly [Outcome, Outcome]> => {
      const plugin = await t.up()
      const early = await ask(t, plugin)
      if (early.kind !== 'died') await askHealth(t, plugin)
      return [early, early.kind === 'died' ? early : await ask(t, plugin)]
    }
    const [early, late] = await attempt()
    if (late.kind === 'unimplemented')
      return rule.inapplicable(`${t.variant}: the plugin answers UNIMPLEMENTED`)
    if (early.kind === 'died') throw new CaseEnded({ kind: 'unreached', because: early.text })
    if (early.key === late.key && late.kind === 'answered') return rule.upheld()
    if (early.key === late.key)
      return rule.unverified(t.canaries.redact(`an answer from ${t.variant} instead of ${late.text}`))
    // What differs once may have its reason outside of the plugin.
    const [earlyAgain, lateAgain] = await attempt()
    if (earlyAgain.key !== early.key || lateAgain.key !== late.key)
      return rule.unverified(`a ${t.variant} that ends the same way twice`)
    return rule.broken(
      t.canaries.redact(`${late.text}, as after a health check`),
      t.canaries.redact(`${early.text} as the first call`),
    )
  },
})

/** Conversations with a process that nobody has spoken to before. */
export const firstCallCases = [first]
