import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { defaultBudgets } from '../budgets.ts'
import type { ConformanceError } from '../conformance-error.ts'
import type { HostEvent } from '../events.ts'
import { keepAlive } from './keep-alive.ts'
import { alive, ask, keepScript, killed, obedient, spawned } from './kept-script.ts'
import { listGroup } from './process-group.ts'
import { temporaryFolder } from './temporary-folder.ts'

describe('a plugin that is kept alive', () => {
  it('is left alone by the watcher while it runs, with no call that would ask for its health (LIFE-150, LIFE-140)', async () => {
    await using host = await keepScript()
    await host.tick()
    await host.tick()
    expect(host.starts()).toBe(1)
    const calls = host.events.flatMap((event) => (event.kind === 'call' ? [event.method] : []))
    expect(calls.sort()).toEqual(['/plugin.GRPCBroker/StartStream', '/plugin.GRPCStdio/StreamStdio'])
  })

  it('is started again at the first tick after its death, as a fresh process with a fresh handshake (LIFE-150)', async () => {
    await using host = await keepScript()
    const dead = await killed(host)
    expect(host.kept.state).toEqual({ kind: 'exited' })
    await host.tick()
    const plugin = host.running()
    expect(plugin.process?.pid).not.toBe(dead.process?.pid)
    expect(plugin.handshake?.line).not.toBe(dead.handshake?.line)
    expect([dead.name, plugin.name]).toEqual(['plugin-1', 'plugin-2'])
    expect(await host.kept.call(ask)).toMatchObject(alive)
  })

  it('is started again whatever its exit status, as often as it dies, without back-off (LIFE-150)', async () => {
    await using host = await keepScript()
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
    await using host = await keepScript({ env: () => ({ TOKEN: String(++token) }) })
    await killed(host)
    await host.tick()
    const given = host.events.flatMap((event) => (event.kind === 'spawned' ? [event.env['TOKEN']] : []))
    expect(given).toEqual(['1', '2'])
    const plugin = host.running()
    await host.kept.stop()
    expect(plugin.output.log.map((record) => record.raw)).toContain('id 2')
  })

  it('has its dead process cleared away with what that had left (LIFE-150)', async () => {
    await using host = await keepScript({}, 'quiet-child')
    const dead = await killed(host)
    await host.untell('quiet-child')
    await host.tick()
    await host.kept.stop()
    expect(host.events).toContainEqual(expect.objectContaining({ kind: 'left-behind', process: 'plugin-1' }))
    expect(await listGroup(dead.process?.pid ?? 0)).toEqual([])
  })

  it('whose first start fails is not started again (LIFE-063)', async () => {
    const events: HostEvent[] = []
    let ticked = false
    const start = keepScript(
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

describe('the end of a plugin that is kept alive', () => {
  it('is a decommission first, then Shutdown; nobody starts it again (LIFE-160)', async () => {
    await using host = await keepScript()
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
    await using host = await keepScript()
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
    await using old = await keepScript()
    const [next, report] = await Promise.all([keepScript(), old.kept.stop()])
    await using _next = next
    expect(report).toMatchObject({ killed: false, exit: { code: 0 } })
    expect(await old.kept.call(ask)).toEqual({ kind: 'not-found' })
    expect(await next.kept.call(ask)).toMatchObject(alive)
  })

  it('while it is being started again waits for the start, and stops what has come up (LIFE-160, LIFE-169)', async () => {
    await using host = await keepScript()
    await killed(host)
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
    await using host = await keepScript()
    await killed(host)
    expect(await host.kept.stop()).toMatchObject({ shutdown: undefined, exit: { signal: 'SIGKILL' } })
    expect(existsSync(host.executable)).toBe(true)
  })
})
