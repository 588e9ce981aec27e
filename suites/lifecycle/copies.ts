import { within } from '../../host/deadline.ts'
import { formatAddress } from '../../host/handshake/handshake.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import { probeAddress } from '../../host/launch/probe-address.ts'
import type { CallResult } from '../../host/rpc/call-result.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import { describeStart } from '../handshake/describe-start.ts'
import type { FreshContext } from '../kernel/case-context.ts'
import { defineCase } from '../kernel/case.ts'
import { holdStreams } from './open-streams.ts'
import { rules } from './start-rules.ts'
import { faultOfServing } from './still-serves.ts'

const sideBySide = defineCase({
  id: 'lifecycle/several-copies',
  title: 'starts two more copies at the same time and calls both',
  judges: [rules['copies-run-side-by-side']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['copies-run-side-by-side'])
    const expected = 'two copies that serve at two addresses'
    const outcomes = await Promise.all([t.start(), t.start()])
    const plugins = outcomes.flatMap((outcome) => (outcome.kind === 'up' ? [outcome.plugin] : []))
    for (const outcome of outcomes)
      if (outcome.kind === 'refused')
        return rule.broken(expected, `a further copy did not start: ${describeStart(outcome)}`)
    const addresses = plugins.map((plugin) => formatAddress(plugin.address))
    if (new Set(addresses).size < addresses.length)
      return rule.broken(expected, `both announce ${addresses[0] ?? ''}`)
    for (const plugin of plugins) {
      const fault = await faultOfServing(t, plugin)
      if (fault !== undefined) return rule.broken(expected, fault)
    }
    return rule.upheld()
  },
})

/** What the plugin is doing when it is killed (LIFE-152, LIFE-164). */
const moments = ['idle', 'query', 'stream'] as const

/** What Grafana 12.4 shows for a call whose process dies (recording `h-kill-query`). */
const IN_GRAFANA = '"Data source became unavailable during request. Please try again."'

/** Longer than any budget: the query runs until somebody ends it. */
const LONG_MS = 60_000

/** Kills the plugin while it does something; the outcome of that call, as people read it. */
async function killDuring(
  moment: (typeof moments)[number],
  plugin: Plugin,
  t: FreshContext,
): Promise<string | undefined> {
  const over = new AbortController()
  const model = t.contract === 'scripted' ? { model: { conformance: { delayMs: LONG_MS } } } : {}
  const query =
    moment === 'query'
      ? plugin.data.queryData(
          { pluginContext: t.context(), queries: [t.query(model)] },
          { budgetMs: LONG_MS, signal: AbortSignal.any([t.signal, over.signal]) },
        )
      : undefined
  await using held = holdStreams(plugin, t, moment === 'stream' ? 1 : 0)
  const call = query ?? held.streams[0]?.ended
  // An answer to a later call shows that the others have arrived.
  if (call !== undefined) await plugin.health.check({ service: 'plugin' })
  plugin.kill('SIGKILL')
  if (call === undefined) return undefined
  const ended = await within<CallResult<unknown>>(call, t.budgets.reap)
  over.abort()
  return ended.kind === 'settled' ? describeResult(ended.value) : 'no end: another process goes on with it'
}

const again = defineCase({
  id: 'lifecycle/kill-and-start',
  title:
    'kills the plugin when idle, during a query and during a stream, and starts it at once with the same folder for sockets',
  judges: [rules['starts-again-after-a-kill']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['starts-again-after-a-kill'])
    const env = { PLUGIN_UNIX_SOCKET_DIR: await t.folder() }
    let plugin = await t.up({ env })
    for (const [kill, moment] of moments.entries()) {
      const { process } = plugin
      if (process === undefined) return rule.unverified('a process that can be killed')
      const ended = await killDuring(moment, plugin, t)
      if (ended !== undefined) t.note(`a ${moment} in flight`, `${ended}; Grafana shows ${IN_GRAFANA}`)
      if ((await within(process.exited, t.budgets.reap, t.signal)).kind === 'late')
        return rule.unverified('a process that ends when it is killed')
      const expected = `start ${kill + 2}, after a kill (${moment}), to be like the first`
      const outcome = await t.start({ env })
      if (outcome.kind === 'refused') return rule.broken(expected, describeStart(outcome))
      plugin = outcome.plugin
      const fault = await faultOfServing(t, plugin)
      if (fault !== undefined) return rule.broken(expected, fault)
    }
    return rule.upheld()
  },
})

const upgrade = defineCase({
  id: 'lifecycle/upgrade',
  title:
    'stops a copy beside a running one, then stops that while a third one starts, all with one folder for sockets',
  judges: [rules['copies-run-side-by-side']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['copies-run-side-by-side'])
    const env = { PLUGIN_UNIX_SOCKET_DIR: await t.folder() }
    const expected = 'a copy that serves when another one has ended'
    const first = await t.up({ env })
    const second = await t.start({ env })
    if (second.kind === 'refused')
      return rule.broken('a copy beside another one', `it did not start: ${describeStart(second)}`)
    await first.stop()
    const fault = await faultOfReach(t, second.plugin)
    if (fault !== undefined) return rule.broken(expected, fault)
    const [third] = await Promise.all([t.start({ env }), second.plugin.stop()])
    if (third.kind === 'refused') return rule.broken(expected, describeStart(third))
    const later = await faultOfReach(t, third.plugin)
    return later === undefined ? rule.upheld() : rule.broken(expected, later)
  },
})

/** What keeps a new connection from being served; one that is open outlives the file of its socket. */
async function faultOfReach(t: FreshContext, plugin: Plugin): Promise<string | undefined> {
  const probe = await probeAddress(plugin.address, t.budgets.connect)
  if (probe.kind === 'refused') return `nobody can connect any more: ${probe.code}`
  return faultOfServing(t, plugin)
}

/** Starts beside and after other processes of the same plugin. */
export const copies = [sideBySide, again, upgrade]
