import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { defaultBudgets } from '../budgets.ts'
import type { HostEvent } from '../events.ts'
import type { CallResult } from '../rpc/call-result.ts'
import { keepAlive } from './keep-alive.ts'
import type { KeepAliveOptions } from './keep-alive.ts'
import type { KeptPlugin } from './kept-plugin.ts'
import type { Plugin } from './plugin.ts'
import { server } from './script-plugin.ts'
import { temporaryFolder } from './temporary-folder.ts'
import type { Ticker } from './ticker.ts'

/**
 * A plugin for tests that obeys files beside it: `refuse` makes it exit before the handshake, `hold` keeps it from it, `child` makes it
 * leave a child that holds its pipes, `quiet-child` one that does not. QueryData is never answered.
 */
export const obedient = server('0, "127.0.0.1"', '"1|2|tcp|127.0.0.1:" + port + "|grpc"')
  .replace('  stream.respond(', "  if (headers[':path'].endsWith('/QueryData')) return\n  stream.respond(")
  .replace(
    'const server',
    `const fs = require('node:fs')
const told = (name) => fs.existsSync(__dirname + '/' + name)
console.error('id ' + process.env.TOKEN)
if (told('refuse')) process.exit(1)
const leave = (stdio) => require('node:child_process').spawn('/bin/sleep', ['60'], { stdio }).unref()
if (told('child')) leave('inherit')
if (told('quiet-child')) leave('ignore')
const server`,
  )
  .replace('server.listen(', 'const serve = () => told("hold") ? setTimeout(serve, 5) : server.listen(')
  .concat('serve()\n')

/** A kept plugin under test, with a watcher that looks when it is told to. */
export interface Kept extends AsyncDisposable {
  readonly kept: KeptPlugin
  readonly events: readonly HostEvent[]
  /** The watcher looks once. */
  tick(): Promise<void>
  tell(name: string): Promise<void>
  untell(name: string): Promise<void>
  readonly executable: string
  starts(): number
  running(): Plugin
}

/** Keeps the obedient plugin alive in a folder of its own, with these files beside it. */
export async function keepScript(options: KeepAliveOptions = {}, ...told: readonly string[]): Promise<Kept> {
  const folder = await temporaryFolder({
    plugin: { content: obedient, mode: 0o755 },
    ...Object.fromEntries(told.map((name) => [name, ''])),
  })
  const events: HostEvent[] = []
  let look: (() => Promise<void>) | undefined
  const byHand: Ticker = (given) => {
    look = given
    return () => {
      look = undefined
    }
  }
  const executable = join(folder.path, 'plugin')
  try {
    const kept = await keepAlive(
      {
        kind: 'executable',
        pluginJson: undefined,
        pluginJsonPath: undefined,
        executable,
        directory: folder.path,
      },
      {
        ticker: byHand,
        budgets: { ...defaultBudgets, grace: 500, reap: 500 },
        onEvent: (event) => events.push(event),
        ...options,
      },
    )
    return {
      kept,
      events,
      executable,
      tick: () => look?.() ?? Promise.resolve(),
      tell: (name) => writeFile(join(folder.path, name), ''),
      untell: (name) => rm(join(folder.path, name)),
      starts: () => events.filter((event) => event.kind === 'spawned').length,
      running() {
        if (kept.state.kind === 'running') return kept.state.plugin
        throw new TypeError(`the plugin is ${kept.state.kind}`)
      },
      async [Symbol.asyncDispose]() {
        await kept.stop()
        await folder[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    await folder[Symbol.asyncDispose]()
    throw error
  }
}

/** Any call of which the answer shows that the plugin lives: this one answers UNIMPLEMENTED. */
export const ask = (plugin: Plugin): Promise<CallResult<unknown>> => plugin.diagnostics.checkHealth({})

/** How the script answers that. */
export const alive = { kind: 'called', answer: { kind: 'failed', code: 12 } }

/** Kills the running process and waits until the host has noticed. */
export async function killed(host: Kept): Promise<Plugin> {
  const plugin = host.running()
  // Not `plugin.kill`, after which the host would take the end for wanted.
  plugin.process?.kill('SIGKILL')
  await plugin.gone
  return plugin
}

/** Resolves when so many processes have been started; the event comes a moment after the tick that caused it. */
export async function spawned(host: Kept, count: number): Promise<void> {
  while (host.starts() < count) await new Promise((resolve) => setImmediate(resolve))
}
