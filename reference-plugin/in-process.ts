import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import type { Readable, Writable } from 'node:stream'

import type { Behaviour, Env } from './behaviour.ts'
import { serve } from './serve.ts'
import type { Served } from './serve.ts'
import type { PluginSignal, World } from './world.ts'

/** A plugin that runs inside this process and looks from outside like a child: pipes, an exit, signals. */
export interface InProcessPlugin extends AsyncDisposable {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** There is no process to signal. */
  readonly pid: undefined
  readonly exited: Promise<ExitStatus>
  kill(signal: 'SIGKILL' | PluginSignal): void
}

/** How a process ended: by a code of its own, or by a signal. */
export interface ExitStatus {
  readonly code: number | null
  readonly signal: string | null
}

/** How a plugin is started inside this process. */
export interface InProcessOptions {
  readonly env: Env
  /** Default none, as Grafana does it. */
  readonly args?: readonly string[]
}

/** Starts a plugin in this process, over real sockets; any number of them run side by side and leave nothing behind. */
export function startInProcess(behaviour: Behaviour, options: InProcessOptions): InProcessPlugin {
  const stdin = new PassThrough()
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const reactions = new Map<PluginSignal, () => void>()
  let served: Served | null = null
  let alive = true
  const deaths = new EventEmitter<{ death: [ExitStatus] }>()
  const exited = new Promise<ExitStatus>((resolve) => {
    deaths.once('death', resolve)
  })

  const die = (status: ExitStatus): void => {
    if (!alive) return
    alive = false
    served?.drop()
    stdout.end()
    stderr.end()
    stdin.destroy()
    deaths.emit('death', status)
  }

  const world: World = {
    env: options.env,
    args: options.args ?? [],
    stdin,
    stdout,
    stderr,
    pid: process.pid,
    exit: (code) => die({ code, signal: null }),
    onSignal: (name, react) => reactions.set(name, react),
  }
  served = serve(behaviour, world)
  // It may have refused before there was anything to drop.
  if (!alive) served.drop()

  const kill: InProcessPlugin['kill'] = (signal) => {
    if (!alive) return
    const reaction = signal === 'SIGKILL' ? undefined : reactions.get(signal)
    if (reaction === undefined) die({ code: null, signal })
    else reaction()
  }
  return {
    stdin,
    stdout,
    stderr,
    pid: undefined,
    exited,
    kill,
    async [Symbol.asyncDispose]() {
      kill('SIGKILL')
      await exited
    },
  }
}
