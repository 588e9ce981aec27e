import { existsSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { defaultBudgets } from '../budgets.ts'
import type { ConformanceError } from '../conformance-error.ts'
import type { HostEvent } from '../events.ts'
import type { CallResult } from '../rpc/call-result.ts'
import { keepAlive } from './keep-alive.ts'
import type { KeepAliveOptions } from './keep-alive.ts'
import type { KeptPlugin } from './kept-plugin.ts'
import type { Plugin } from './plugin.ts'
import { listGroup } from './process-group.ts'
import { server } from './script-plugin.ts'
import { temporaryFolder } from './temporary-folder.ts'
import type { Ticker } from './ticker.ts'

/**
 * A plugin that obeys files beside it: `refuse` makes it exit before the handshake, `hold` keeps it from it, `child` makes it
 * leave a child that holds its pipes, `quiet-child` one that does not. QueryData is never answered.
 */
const obedient = server('0, "127.0.0.1"', '"1|2|tcp|127.0.0.1:" + port + "|grpc"')
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

interface Kept extends AsyncDisposable {
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

async function keep(options: KeepAliveOptions = {}, ...told: readonly string[]): Promise<Kept> {
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
const ask = (plugin: Plugin): Promise<CallResult<unknown>> => plugin.diagnostics.checkHealth({})

const alive = { kind: 'called', answer: { kind: 'failed', code: 12 } }

async function kill(host: Kept): Promise<Plugin> {
  const plugin = host.running()
  // Not `plugin.kill`, after which the host would take the end for wanted.
  plugin.process?.kill('SIGKILL')
  await plugin.gone
  return plugin
}

describe('a plugin that is kept alive', () => {
  it('is left alone by the watcher while it runs, with no call that would ask for its health (LIFE-150, LIFE-140)', async () => {
    await using host = await keep()
    await host.tick()
    await host.tick()
    expect(host.starts()).toBe(1)
    const calls = host.events.flatMap((event) => (event.kind === 'call' ? [event.method] : []))
    expect(calls.sort()).toEqual(['/plugin.GRPCBroker/StartStream', '/plugin.GRPCStdio/StreamStdio'])
  })

  it('is started again at the first tick after its death, as a fresh process with a fresh handshake (LIFE-150)', async () => {
    await using host = await keep()
    const dead = await kill(host)
    expect(host.kept.state).toEqual({ kind: 'exited' })
    await host.tick()
    const plugin = host.running()
    expect(plugin.process?.pid).not.toBe(dead.process?.pid)
    expect(plugin.handshake?.line).not.toBe(dead.handshake?.line)
    expect([dead.name, plugin.name]).toEqual(['plugin-1', 'plugin-2'])
    expect(await host.kept.call(ask)).toMatchObject(alive)
  })

  it('is started again whatever its exit status, as often as it dies, without back-off (LIFE-150)', async () => {
    await using host = await keep()
    for (const signal of ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGKILL'] as const) {
      const plugin = host.running()
      plugin.process?.kill(signal)
      await plugin.gone
      await host.tick()
    }
    // Status 0 counts as a crash, too.
    const plugin = host.running()
    await plugin.controller.shutdown({})
    expect(await plugin.gone).toMatchObject({ code: 0 })
    await host.tick()
    expect(host.starts()).toBe(6)
    expect(await host.kept.call(ask)).toMatchObject(alive)
  })

  it('is watched by a clock of its own when no other is given (LIFE-150)', async () => {
    const budgets = { ...defaultBudgets, grace: 500, tick: 5 }
    await using folder = await temporaryFolder({ plugin: { content: obedient, mode: 0o755 } })
    let tell = (): void => {}
    const again = new Promise<void>((resolve) => {
      tell = resolve
    })
    await using kept = await keepAlive(join(folder.path, 'plugin'), {
      budgets,
      onEvent(event) {
        if (event.kind === 'handshake' && event.process.endsWith('-2')) tell()
      },
    })
    if (kept.state.kind === 'running') kept.state.plugin.process?.kill('SIGKILL')
    await again
  })

  it('gets its environment anew at every start (LIFE-026)', async () => {
    let token = 0
    await using host = await keep({ env: () => ({ TOKEN: String(++token) }) })
    await kill(host)
    await host.tick()
    const given = host.events.flatMap((event) => (event.kind === 'spawned' ? [event.env['TOKEN']] : []))
    expect(given).toEqual(['1', '2'])
    const plugin = host.running()
    await host.kept.stop()
    expect(plugin.output.log.map((record) => record.raw)).toContain('id 2')
  })

  it('has its dead process cleared away with what that had left (LIFE-150)', async () => {
    await using host = await keep({}, 'quiet-child')
    const dead = await kill(host)
    await host.untell('quiet-child')
    await host.tick()
    await host.kept.stop()
    expect(host.events).toContainEqual(expect.objectContaining({ kind: 'left-behind', process: 'plugin-1' }))
    expect(await listGroup(dead.process?.pid ?? 0)).toEqual([])
  })

  it('whose first start fails is not started again (LIFE-063)', async () => {
    const events: HostEvent[] = []
    let ticked = false
    const start = keep(
      {
        onEvent: (event) => events.push(event),
        ticker: () => {
          ticked = true
          return () => {}
        },
      },
      'refuse',
    )
    const error: ConformanceError = await start.then(
      () => Promise.reject(new TypeError('it came up')),
      (thrown: ConformanceError) => thrown,
    )
    expect(error).toMatchObject({ code: 'plugin-start-failed', cause: { class: 'exited' } })
    expect(events.filter((event) => event.kind === 'spawned')).toHaveLength(1)
    expect(ticked).toBe(false)
  })

  it('is none when somebody else has started it', async () => {
    const attached = keepAlive({
      kind: 'attached',
      pluginJson: undefined,
      pluginJsonPath: undefined,
      address: { kind: 'tcp', host: '127.0.0.1', port: 1 },
    })
    await expect(attached).rejects.toMatchObject({ code: 'usage' })
  })
})

describe('a call to a plugin that is kept alive', () => {
  it('in flight when the process dies ends as unavailable, with how it died (LIFE-153)', async () => {
    await using host = await keep()
    const inFlight = host.kept.call((plugin) => plugin.data.queryData({}))
    // An answer to a later call shows that the query has arrived.
    await host.kept.call(ask)
    await kill(host)
    expect(await inFlight).toMatchObject({
      kind: 'called',
      answer: { kind: 'died', exit: { signal: 'SIGKILL' } },
    })
  })

  it('between death and tick is refused at once (LIFE-153)', async () => {
    await using host = await keep()
    await kill(host)
    expect(await host.kept.call(ask)).toEqual({ kind: 'unavailable' })
    expect(host.events.filter((event) => event.kind === 'call')).toHaveLength(2)
  })

  it('during the restart waits for it (LIFE-153)', async () => {
    await using host = await keep()
    await kill(host)
    await host.tell('hold')
    const restart = host.tick()
    expect(host.kept.state).toEqual({ kind: 'restarting' })
    let ended = false
    const call = host.kept.call(ask).finally(() => {
      ended = true
    })
    await spawned(host, 2)
    expect(ended).toBe(false)
    await host.untell('hold')
    expect(await call).toMatchObject(alive)
    await restart
  })

  it('after a failed restart is refused, until one succeeds: handshakes are tried every tick (LIFE-153, LIFE-154)', async () => {
    await using host = await keep()
    await kill(host)
    await host.tell('refuse')
    for (let tick = 0; tick < 3; tick++) {
      await host.tick()
      expect(host.kept.state).toMatchObject({ kind: 'refused', fault: { class: 'exited' } })
      expect(await host.kept.call(ask)).toEqual({ kind: 'unavailable' })
    }
    expect(host.starts()).toBe(4)
    await host.untell('refuse')
    await host.tick()
    expect(await host.kept.call(ask)).toMatchObject(alive)
  })

  it('to one that can not be run any more goes to a dead address, also after the file is back (LIFE-154)', async () => {
    await using host = await keep()
    await kill(host)
    await rename(host.executable, `${host.executable}.gone`)
    await host.tick()
    expect(host.kept.state).toMatchObject({ kind: 'given-up', fault: { class: 'exec' } })
    await rename(`${host.executable}.gone`, host.executable)
    await host.tick()
    expect(host.starts()).toBe(1)
    expect(await host.kept.call(ask)).toMatchObject({ kind: 'called', answer: { kind: 'died' } })
  })

  it('to one whose child holds the pipes goes to a dead address, and the death is not noticed (LIFE-011, LIFE-153)', async () => {
    await using host = await keep({}, 'child')
    const plugin = host.running()
    plugin.process?.kill('SIGKILL')
    await plugin.process?.exited
    await host.tick()
    expect(host.kept.state.kind).toBe('running')
    expect(host.starts()).toBe(1)
    expect(await host.kept.call(ask)).toMatchObject({ kind: 'called', answer: { kind: 'died' } })
    expect(await host.kept.stop()).toMatchObject({
      pipesClosed: false,
      leftBehind: [expect.stringContaining('sleep 60') as string],
    })
  })
})

describe('the end of a plugin that is kept alive', () => {
  it('is a decommission first, then Shutdown; nobody starts it again (LIFE-160)', async () => {
    await using host = await keep()
    const stopping = host.kept.stop()
    // Marked before anything else has happened.
    expect(host.kept.state).toEqual({ kind: 'decommissioned' })
    expect(await stopping).toMatchObject({ killed: false, exit: { code: 0 } })
    await host.tick()
    expect(host.starts()).toBe(1)
    const exit = host.events.find((event) => event.kind === 'exit')
    expect(exit).toMatchObject({ wanted: true, record: { level: 'info' } })
  })

  it('by decommission alone is final: calls do not find it, and its death starts nothing (LIFE-169)', async () => {
    await using host = await keep()
    const plugin = host.running()
    host.kept.decommission()
    expect(await host.kept.call(ask)).toEqual({ kind: 'not-found' })
    // The process itself runs until it is stopped.
    expect(await ask(plugin)).toMatchObject(alive.answer)
    plugin.process?.kill('SIGKILL')
    await plugin.gone
    await host.tick()
    expect(host.starts()).toBe(1)
  })

  it('while another version starts does that no harm: it is an object of its own (LIFE-169, LIFE-155)', async () => {
    await using old = await keep()
    const [next, report] = await Promise.all([keep(), old.kept.stop()])
    await using _next = next
    expect(report).toMatchObject({ killed: false, exit: { code: 0 } })
    expect(await old.kept.call(ask)).toEqual({ kind: 'not-found' })
    expect(await next.kept.call(ask)).toMatchObject(alive)
  })

  it('while it is being started again waits for the start, and stops what has come up (LIFE-160, LIFE-169)', async () => {
    await using host = await keep()
    await kill(host)
    await host.tell('hold')
    const restart = host.tick()
    await spawned(host, 2)
    const stopping = host.kept.stop()
    await host.untell('hold')
    expect(await stopping).toMatchObject({ killed: false, exit: { code: 0 } })
    await restart
    await host.tick()
    expect(host.starts()).toBe(2)
    expect(host.kept.state).toEqual({ kind: 'decommissioned' })
  })

  it('of a dead one tells how it had died, and removes what is left (LIFE-160)', async () => {
    await using host = await keep()
    await kill(host)
    expect(await host.kept.stop()).toMatchObject({ shutdown: undefined, exit: { signal: 'SIGKILL' } })
    expect(existsSync(host.executable)).toBe(true)
  })
})

/** Resolves when so many processes have been started; the event comes a moment after the tick that caused it. */
async function spawned(host: Kept, count: number): Promise<void> {
  while (host.starts() < count) await new Promise((resolve) => setImmediate(resolve))
}
