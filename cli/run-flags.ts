import { availableParallelism } from 'node:os'

import { Option } from 'commander'
import type { Command } from 'commander'

import { hostProfiles, newestProfile } from '../host/context/profile.ts'
import { ConformanceError } from '../host/conformance-error.ts'

/** Which plugin to start and how: flags of every command that does. */
export interface StartFlags {
  readonly patience: number
  readonly grafana: string
  readonly forwardHostEnv?: true
  readonly pluginSetting: Readonly<Record<string, string>>
  readonly runnerMode?: true
  readonly attach?: string
  readonly samples?: string
  readonly color: boolean
}

/** The flags of `run`, as commander hands them over. */
export interface RunFlags extends StartFlags {
  readonly only: readonly string[]
  readonly skip: readonly string[]
  readonly json?: true
  readonly report: readonly string[]
  readonly trace?: true
  readonly strict?: true
  readonly requireComplete?: true
  readonly jobs: number
  readonly seed: number
  readonly pauseBefore?: string
  readonly contract: 'auto' | 'any' | 'scripted'
  readonly known?: string
  readonly automtls?: true
}

/** Most cases wait for the plugin rather than compute, so a few more than there are cores. */
const DEFAULT_JOBS = Math.min(8, availableParallelism() + 2)

/** Adds the flags of `run` to a command. */
export function addRunFlags(command: Command): Command {
  const judging = command
    .option(
      '--only <globs>',
      'judge only these rules or cases; * stands for anything, commas separate',
      list,
      [],
    )
    .option('--skip <globs>', 'leave these rules or cases out', list, [])
    .option('--json', 'print the report as JSON')
    .option(
      '--report <kind=path>',
      'also write the report: json, ndjson, text, junit, sarif, tap, github, markdown',
      every,
      [],
    )
    .option('--trace', 'print the conversations: of broken rules, or of everything that --only selects')
    .option('--strict', 'broken SHOULD rules fail the run')
    .option('--require-complete', 'rules without a verdict fail the run')
    .option('--jobs <number>', 'cases at once', whole('--jobs', 1), DEFAULT_JOBS)
    .option('--seed <number>', 'seed of everything random', whole('--seed', 0), 1)
    .option(
      '--pause-before <case>',
      'print the process that this case will talk to and wait for Enter, so that a debugger can be attached',
    )
    .addOption(
      new Option('--contract <kind>', 'what to hold the plugin to')
        .choices(['auto', 'any', 'scripted'])
        .default('auto'),
    )
    .option('--automtls', 'start the plugin with TLS, as hosts of go-plugin other than Grafana may')
    .option('--known <file>', 'conformance.known.yaml to use instead of the one that is found')
  return addStartFlags(judging)
}

/** Adds the flags that say which plugin to start, and how. */
export function addStartFlags(command: Command): Command {
  return command
    .option('--patience <factor>', 'multiply every waiting time', positive('--patience'), 1)
    .option(
      '--grafana <version>',
      `Grafana to imitate: ${hostProfiles.map((profile) => profile.name).join(', ')}, latest (${newestProfile.name}, the newest that was recorded)`,
      'latest',
    )
    .option('--forward-host-env', 'pass the whole environment on, as forward_host_env_vars does')
    .option(
      '--plugin-setting <key=value>',
      'a key of the ini section [plugin.<id>]: GF_PLUGIN_<KEY> for the plugin',
      setting,
      {},
    )
    .option('--runner-mode', 'give each start a fresh PLUGIN_UNIX_SOCKET_DIR')
    .option('--attach <address>', 'a plugin that runs already: host:port, unix:/path or its handshake line')
    .option('--samples <file>', 'conformance.yaml to use instead of the one that is found')
    .option('--no-color', 'plain text')
}

function every(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

/** Collects comma-separated texts of a flag that may be repeated. */
export function list(value: string, before: readonly string[]): readonly string[] {
  return [
    ...before,
    ...value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ]
}

function setting(value: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const at = value.indexOf('=')
  if (at > 0) return { ...before, [value.slice(0, at).trim()]: value.slice(at + 1).trim() }
  throw new ConformanceError('usage', `Expected --plugin-setting to be key=value, found "${value}".`, {
    hint: 'For example --plugin-setting api_url=http://127.0.0.1:8080, which the plugin gets as GF_PLUGIN_API_URL.',
  })
}

function whole(flag: string, least: number): (value: string) => number {
  return (value) => {
    const number = Number(value)
    if (/^\d+$/.test(value) && number >= least && Number.isSafeInteger(number)) return number
    throw new ConformanceError(
      'usage',
      `Expected ${flag} to be a whole number of at least ${least}, found "${value}".`,
    )
  }
}

function positive(flag: string): (value: string) => number {
  return (value) => {
    const number = Number(value)
    if (value.trim() !== '' && Number.isFinite(number) && number > 0) return number
    throw new ConformanceError('usage', `Expected ${flag} to be a number above 0, found "${value}".`)
  }
}
