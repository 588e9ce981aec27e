import { chmod } from 'node:fs/promises'

import { within } from '../../host/deadline.ts'
import { describeExit } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import { needs } from '../kernel/need.ts'
import { grafanaVariables } from './grafana-variables.ts'
import { rules } from './start-rules.ts'
import { faultOfServing, judgeCircumstance } from './still-serves.ts'

const bare = defineCase({
  id: 'lifecycle/minimal-environment',
  title: 'starts the plugin with five environment variables and no more',
  judges: [rules['starts-with-minimal-environment']],
  process: 'fresh',
  async run(t) {
    await judgeCircumstance(t, rules['starts-with-minimal-environment'], {
      request: { environment: 'bare' },
      shown: 'with five variables: no PATH, no HOME, no TMPDIR',
    })
  },
})

const empty = defineCase({
  id: 'lifecycle/empty-variables',
  title: 'starts the plugin with every variable of Grafana set to an empty text',
  judges: [rules['empty-variables-count-as-unset']],
  process: 'fresh',
  async run(t) {
    await judgeCircumstance(t, rules['empty-variables-count-as-unset'], {
      request: {
        environment: 'bare',
        env: Object.fromEntries(grafanaVariables.map((name) => [name, ''])),
        oddOnPurpose: true,
      },
      shown: `with ${grafanaVariables.length} variables that are empty`,
    })
  },
})

/** How many unknown variables of each kind there are (LIFE-025: 50 in all). */
const UNKNOWN = 25

const unknown = defineCase({
  id: 'lifecycle/unknown-variables',
  title: 'starts the plugin beside 50 variables that no Grafana sets',
  judges: [rules['unknown-variables-are-ignored']],
  process: 'fresh',
  async run(t) {
    const numbers = Array.from({ length: UNKNOWN }, (_, index) => index)
    const env = Object.fromEntries(
      numbers.flatMap((number) => [
        [`GF_CONFORMANCE_UNKNOWN_${number}`, `${number}`],
        [`PLUGIN_CONFORMANCE_UNKNOWN_${number}`, 'true'],
      ]),
    )
    await judgeCircumstance(t, rules['unknown-variables-are-ignored'], {
      request: { env },
      shown: `beside ${2 * UNKNOWN} unknown variables`,
    })
  },
})

/** Nobody may write here, but everybody may come in. */
const READ_ONLY = 0o555

const elsewhere = defineCase({
  id: 'lifecycle/other-working-directory',
  title: 'starts the plugin in an empty folder without permission to write',
  judges: [rules['working-directory-does-not-matter']],
  needs: [needs.childProcess],
  process: 'fresh',
  async run(t) {
    const cwd = await t.folder()
    await chmod(cwd, READ_ONLY)
    await judgeCircumstance(t, rules['working-directory-does-not-matter'], {
      request: { cwd },
      shown: 'in an empty, read-only working directory',
    })
  },
})

const stdin = defineCase({
  id: 'lifecycle/stdin-ends',
  title: 'closes stdin after the handshake and looks whether the plugin lives on',
  judges: [rules['stdin-does-not-matter']],
  process: 'fresh',
  async run(t) {
    const plugin = await t.up({ stdin: 'pipe' })
    const { process } = plugin
    if (process === undefined) return t.rule(rules['stdin-does-not-matter']).unverified('a process')
    process.closeStdin()
    const expected = 'a plugin that goes on serving after the end of stdin'
    const ended = await within(process.exited, t.budgets.watch, t.signal)
    if (ended.kind === 'settled')
      return t.rule(rules['stdin-does-not-matter']).broken(expected, describeExit(ended.value))
    const fault = await faultOfServing(t, plugin)
    if (fault === undefined) return t.rule(rules['stdin-does-not-matter']).upheld()
    return t.rule(rules['stdin-does-not-matter']).broken(expected, fault)
  },
})

/** Starts in surroundings that must not matter. */
export const environment = [bare, empty, unknown, elsewhere, stdin]
