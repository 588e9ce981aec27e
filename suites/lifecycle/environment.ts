import { chmod } from 'node:fs/promises'

import { within } from '../../host/deadline.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import { describeExit } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import type { FreshContext } from '../kernel/case-context.ts'
import { judgeTogether } from './circumstances.ts'
import type { Circumstance } from './circumstances.ts'
import { grafanaVariables } from './grafana-variables.ts'
import { missingVariables } from './missing-variables.ts'
import { rules } from './start-rules.ts'
import { faultOfServing } from './still-serves.ts'

/** Nobody may write here, but everybody may come in. */
const READ_ONLY = 0o555

const minimal = defineCase({
  id: 'lifecycle/minimal-surroundings',
  title:
    'starts the plugin with five variables in an empty, read-only folder, and closes its stdin after the handshake',
  judges: [
    rules['starts-with-minimal-environment'],
    rules['working-directory-does-not-matter'],
    rules['stdin-does-not-matter'],
  ],
  process: 'fresh',
  async run(t) {
    const bare: Circumstance = {
      rule: rules['starts-with-minimal-environment'],
      request: { environment: 'bare' },
      shown: 'with five variables: no PATH, no HOME, no TMPDIR, no LANG',
      investigate: missingVariables,
    }
    const stdin: Circumstance = {
      rule: rules['stdin-does-not-matter'],
      request: { stdin: 'pipe' },
      shown: 'with a pipe for stdin',
    }
    const plugin = await judgeTogether(t, [bare, stdin, ...(await otherFolder(t))])
    await judgeEndOfStdin(t, plugin)
  },
})

/** A plugin inside this process can have no working directory of its own. */
async function otherFolder(t: FreshContext): Promise<readonly Circumstance[]> {
  const rule = rules['working-directory-does-not-matter']
  if (t.subject.start !== 'child') {
    t.rule(rule).unverified('a process that this host starts')
    return []
  }
  const cwd = await t.folder()
  await chmod(cwd, READ_ONLY)
  return [{ rule, request: { cwd }, shown: 'in an empty, read-only working directory' }]
}

async function judgeEndOfStdin(t: FreshContext, running: Plugin | undefined): Promise<void> {
  const rule = t.rule(rules['stdin-does-not-matter'])
  const plugin = running ?? (await t.up({ stdin: 'pipe' }))
  const { process } = plugin
  if (process === undefined) return rule.unverified('a process')
  process.closeStdin()
  const expected = 'a plugin that goes on serving after the end of stdin'
  const ended = await within(process.exited, t.budgets.watch, t.signal)
  if (ended.kind === 'settled') return rule.broken(expected, describeExit(ended.value))
  const fault = await faultOfServing(t, plugin)
  return fault === undefined ? rule.upheld() : rule.broken(expected, fault)
}

/** How many unknown variables of each kind there are (LIFE-025: 50 in all). */
const UNKNOWN = 25

/**
 * What people set for runtimes of whose existence the plugin need not know; each is harmless to its own runtime, too.
 *
 * Only a Grafana that passes its environment on hands them down (LIFE-022).
 */
const runtimeVariables: Readonly<Record<string, string>> = {
  NODE_OPTIONS: '--trace-deprecation',
  PYTHONHOME: '',
  PYTHONWARNINGS: 'default',
  PYTHONUNBUFFERED: '1',
  JAVA_TOOL_OPTIONS: '-Dconformance=1',
  DOTNET_NOLOGO: '1',
  RUST_BACKTRACE: '1',
  GODEBUG: '',
}

const odd = defineCase({
  id: 'lifecycle/odd-variables',
  title:
    'starts the plugin beside 51 variables that no Grafana sets, with all others empty, and without a stdin',
  judges: [
    rules['unknown-variables-are-ignored'],
    rules['empty-variables-count-as-unset'],
    rules['stdin-does-not-matter'],
  ],
  process: 'fresh',
  async run(t) {
    const inherits = t.profile.environment === 'inherit'
    await judgeTogether(t, [
      {
        rule: rules['unknown-variables-are-ignored'],
        request: { env: { ...unknownVariables(), ...(inherits ? runtimeVariables : {}) } },
        shown: `beside ${2 * UNKNOWN + 1} unknown variables${inherits ? ` and ${Object.keys(runtimeVariables).join(', ')}` : ''}`,
      },
      {
        rule: rules['empty-variables-count-as-unset'],
        request: {
          environment: 'bare',
          env: Object.fromEntries(grafanaVariables.map((name) => [name, ''])),
          oddOnPurpose: true,
        },
        shown: `with ${grafanaVariables.length} variables that are empty`,
      },
      {
        rule: rules['stdin-does-not-matter'],
        request: { stdin: 'closed' },
        shown: 'with a closed descriptor as stdin',
      },
    ])
  },
})

function unknownVariables(): Readonly<Record<string, string>> {
  const numbers = Array.from({ length: UNKNOWN }, (_, index) => index)
  return Object.fromEntries([
    // The name of a key that somebody wrote into the plugin's section, dot included (LIFE-027).
    ['GF_PLUGIN_CONFORMANCE.UNKNOWN', 'true'],
    ...numbers.flatMap((number) => [
      [`GF_CONFORMANCE_UNKNOWN_${number}`, `${number}`],
      [`PLUGIN_CONFORMANCE_UNKNOWN_${number}`, 'true'],
    ]),
  ])
}

/** Starts in surroundings that must not matter. */
export const environment = [minimal, odd]
