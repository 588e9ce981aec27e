import { within } from '../../host/deadline.ts'
import { probeAddress } from '../../host/launch/probe-address.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import type { PluginProcess } from '../../host/launch/plugin-process.ts'
import { describeExit, describeResult } from '../../host/rpc/call-result.ts'
import type { FreshContext } from '../kernel/case-context.ts'
import { defineCase } from '../kernel/case.ts'
import { needs } from '../kernel/need.ts'
import { isBusy, readActivity } from './activity.ts'
import type { Activity, Load } from './activity.ts'
import { isLost } from './is-lost.ts'
import { holdStreams } from './open-streams.ts'
import { rules } from './running-rules.ts'

const signals = defineCase({
  id: 'lifecycle/signals',
  title: 'sends SIGINT, looks for a second, then sends SIGTERM while a stream is open',
  judges: [rules['ignores-sigint'], rules['ends-on-sigterm']],
  process: 'fresh',
  async run(t) {
    const first = await t.up()
    const left = await interrupt(first, t)
    const plugin = left === 'alive' ? first : await t.up()
    await using _held = holdStreams(plugin, t, 1)
    // An answer to a later call shows that the stream has arrived.
    await plugin.health.check({ service: 'plugin' })
    plugin.kill('SIGTERM')
    const ended = await within(processOf(plugin).exited, t.budgets.grace)
    const rule = t.rule(rules['ends-on-sigterm'])
    if (ended.kind === 'settled') rule.upheld()
    else rule.broken('an exit within 2 s of SIGTERM', 'the process lives on')
  },
})

async function interrupt(plugin: Plugin, t: FreshContext): Promise<'alive' | 'ended'> {
  const rule = t.rule(rules['ignores-sigint'])
  plugin.kill('SIGINT')
  const ended = await within(processOf(plugin).exited, t.budgets.watch)
  const expected = 'a plugin that goes on serving after SIGINT'
  if (ended.kind === 'settled') {
    rule.broken(expected, `the process ended (${describeExit(ended.value)})`)
    return 'ended'
  }
  const next = await plugin.diagnostics.checkHealth({ pluginContext: t.context() })
  if (isLost(next)) rule.broken(expected, describeResult(next))
  else rule.upheld()
  return 'alive'
}

const killed = defineCase({
  id: 'lifecycle/kill-the-process',
  title: 'kills the process that it started and looks at its pipes and its address',
  judges: [rules['is-one-process']],
  needs: [needs.childProcess],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['is-one-process'])
    const plugin = await t.up()
    plugin.kill('SIGKILL')
    const expected = 'closed pipes and a dead address'
    const ended = await within(processOf(plugin).exited, t.budgets.reap)
    if (ended.kind === 'late') return rule.broken(expected, 'the process survived SIGKILL')
    const answer = await probeAddress(plugin.address, t.budgets.connect)
    // The stop of a dead process waits for its pipes and ends what is left of its group.
    const { pipesClosed, leftBehind } = await plugin.stop()
    if (leftBehind.length > 0) t.note('left behind', leftBehind.join('; ').slice(0, 400))
    if (!pipesClosed) return rule.broken(expected, 'stdout or stderr is still open: another process holds it')
    if (answer.kind === 'accepted')
      return rule.broken(expected, 'another process still listens at the announced address')
    return rule.upheld()
  },
})

/** So often, in each look, it is asked whether the plugin wants a processor just now. */
const SAMPLES = 10

const withoutPipes = defineCase({
  id: 'lifecycle/closed-pipes',
  title: 'closes its ends of stdout and stderr, makes some calls and watches the processor',
  judges: [rules['stays-calm-without-pipes']],
  needs: [needs.childProcess],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['stays-calm-without-pipes'])
    const plugin = await t.up()
    const process = processOf(plugin)
    plugin.closePipes()
    const request = { pluginContext: t.context() }
    const options = { budgetMs: t.budgets.grace }
    // Something to log about; that the plugin ends now is fine (LIFE-167).
    await plugin.sendBytes('/nonexistent.Service/Method', new Uint8Array(), options).ended
    await plugin.diagnostics.checkHealth(request, options)
    // What is still to be done after the calls may fill the first look, so that the second counts.
    await look(process, t.budgets.watch)
    const seen = await look(process, t.budgets.watch)
    if (seen === 'ended') return rule.upheld()
    if (seen === undefined) return rule.unverified('a system that tells what a process does (/proc)')
    if (!isBusy(seen)) return rule.upheld()
    return rule.broken(
      'an idle plugin',
      `${Math.round(seen.share * 100)} % of a processor while nobody calls`,
    )
  },
})

/** Watches a process for `ms`; undefined where the system does not tell. */
async function look(process: PluginProcess, ms: number): Promise<Load | 'ended' | undefined> {
  const began = performance.now()
  const activities: Activity[] = []
  for (let sample = 0; sample <= SAMPLES; sample++) {
    const activity = await readActivity(process.pid ?? 0)
    if (activity !== undefined) activities.push(activity)
    const ended = await within(process.exited, sample < SAMPLES ? ms / SAMPLES : 0)
    if (ended.kind === 'settled') return 'ended'
  }
  const [first] = activities
  const last = activities.at(-1)
  if (first === undefined || last === undefined) return undefined
  return {
    share: (last.seconds - first.seconds) / ((performance.now() - began) / 1000),
    running: activities.filter((activity) => activity.running).length / activities.length,
  }
}

function processOf(plugin: Plugin): PluginProcess {
  if (plugin.process === undefined) throw new TypeError('a plugin that was started has a process')
  return plugin.process
}

/** Conversations by signals and pipes. */
export const cases = [signals, killed, withoutPipes]
