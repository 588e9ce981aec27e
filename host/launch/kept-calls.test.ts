import { rename } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'

import { alive, ask, keepScript, killed, spawned } from './kept-script.ts'

describe('a call to a plugin that is kept alive', () => {
  it('in flight when the process dies ends as unavailable, with how it died (LIFE-153)', async () => {
    await using host = await keepScript()
    const inFlight = host.kept.call((plugin) => plugin.data.queryData({}))
    // An answer to a later call shows that the query has arrived.
    await host.kept.call(ask)
    await killed(host)
    expect(await inFlight).toMatchObject({
      kind: 'called',
      answer: { kind: 'died', exit: { signal: 'SIGKILL' } },
    })
  })

  it('between death and tick is refused at once (LIFE-153)', async () => {
    await using host = await keepScript()
    await killed(host)
    expect(await host.kept.call(ask)).toEqual({ kind: 'unavailable' })
    expect(host.events.filter((event) => event.kind === 'call')).toHaveLength(2)
  })

  it('during the restart waits for it (LIFE-153)', async () => {
    await using host = await keepScript()
    await killed(host)
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
    await using host = await keepScript()
    await killed(host)
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
    await using host = await keepScript()
    await killed(host)
    await rename(host.executable, `${host.executable}.gone`)
    await host.tick()
    expect(host.kept.state).toMatchObject({ kind: 'given-up', fault: { class: 'exec' } })
    await rename(`${host.executable}.gone`, host.executable)
    await host.tick()
    expect(host.starts()).toBe(1)
    expect(await host.kept.call(ask)).toMatchObject({ kind: 'called', answer: { kind: 'died' } })
  })

  it('to one whose child holds the pipes goes to a dead address, and the death is not noticed (LIFE-011, LIFE-153)', async () => {
    await using host = await keepScript({}, 'child')
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
