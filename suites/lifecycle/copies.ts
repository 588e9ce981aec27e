import { within } from '../../host/deadline.ts'
import { formatAddress } from '../../host/handshake/handshake.ts'
import { describeStart } from '../handshake/describe-start.ts'
import { defineCase } from '../kernel/case.ts'
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

/** How often the plugin is killed and started (LIFE-152). */
const KILLS = 3

const again = defineCase({
  id: 'lifecycle/kill-and-start',
  title: 'kills the plugin and starts it at once, three times, with the same folder for sockets',
  judges: [rules['starts-again-after-a-kill']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['starts-again-after-a-kill'])
    const env = { PLUGIN_UNIX_SOCKET_DIR: await t.folder() }
    let plugin = await t.up({ env })
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const { process } = plugin
      if (process === undefined) return rule.unverified('a process that can be killed')
      plugin.kill('SIGKILL')
      if ((await within(process.exited, t.budgets.reap, t.signal)).kind === 'late')
        return rule.unverified('a process that ends when it is killed')
      const expected = `start ${kill + 1} to be like the first`
      const outcome = await t.start({ env })
      if (outcome.kind === 'refused') return rule.broken(expected, describeStart(outcome))
      plugin = outcome.plugin
      const fault = await faultOfServing(t, plugin)
      if (fault !== undefined) return rule.broken(expected, fault)
    }
    return rule.upheld()
  },
})

/** Starts beside and after other processes of the same plugin. */
export const copies = [sideBySide, again]
