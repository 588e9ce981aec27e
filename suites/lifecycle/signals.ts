import { readFile } from 'node:fs/promises'

import { within } from '../../host/deadline.ts'
import { probeAddress } from '../../host/launch/probe-address.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import type { PluginProcess } from '../../host/launch/plugin-process.ts'
import { describeExit, describeResult } from '../../host/rpc/call-result.ts'
import type { FreshContext } from '../kernel/case-context.ts'
import { defineCase } from '../kernel/case.ts'
import { needs } from '../kernel/need.ts'
import { isLost } from './is-lost.ts'
import { rules } from './running-rules.ts'

const signals = defineCase({
  id: 'lifecycle/signals',
  title: 'sends SIGINT, looks for a second, then sends SIGTERM',
  judges: [rules['ignores-sigint'], rules['ends-on-sigterm']],
  process: 'fresh',
  async run(t) {
    const first = await t.up()
    const left = await interrupt(first, t)
    const plugin = left === 'alive' ? first : await t.up()
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

/** A plugin that burns a quarter of a processor while nobody talks to it is busy with itself, on a crowded machine too. */
const BUSY = 0.25

/** Clock ticks a second of /proc/<pid>/stat: USER_HZ, 100 on every Linux that Node runs on (man 5 proc). */
const USER_HZ = 100

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
    await load(process, t.budgets.watch)
    const share = await load(process, t.budgets.watch)
    if (share === 'ended') return rule.upheld()
    if (share === 'unknown')
      return rule.unverified('a system that says how much processor time a process used (/proc)')
    if (share < BUSY) return rule.upheld()
    return rule.broken('an idle plugin', `${Math.round(share * 100)} % of a processor while nobody calls`)
  },
})

/** The share of a processor that the process uses during `ms`. */
async function load(process: PluginProcess, ms: number): Promise<number | 'ended' | 'unknown'> {
  const before = await processorSeconds(process)
  const began = performance.now()
  const ended = await within(process.exited, ms)
  if (ended.kind === 'settled') return 'ended'
  const after = await processorSeconds(process)
  if (before === undefined || after === undefined) return 'unknown'
  return (after - before) / ((performance.now() - began) / 1000)
}

async function processorSeconds({ pid }: PluginProcess): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid ?? 0}/stat`, 'utf8').catch(() => undefined)
  if (stat === undefined) return undefined
  // The command in the second field may hold blanks: the fields after it begin behind the last ')'.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / USER_HZ
}

function processOf(plugin: Plugin): PluginProcess {
  if (plugin.process === undefined) throw new TypeError('a plugin that was started has a process')
  return plugin.process
}

/** Conversations by signals and pipes. */
export const cases = [signals, killed, withoutPipes]
