import { existsSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { listGroup } from './process-group.ts'
import { server, startScript } from './script-plugin.ts'

const good = server('0, "127.0.0.1"', '"1|2|tcp|127.0.0.1:" + port + "|grpc"')
const unix = server('__filename + ".sock"', '"1|2|unix|" + __filename + ".sock|grpc"')

/** Does not know Shutdown, as a plugin on a plain gRPC server. */
const deaf = good.replace("endsWith('/Shutdown')", "endsWith('/Nothing')")

describe('a stop', () => {
  it('is the same however often it is asked for', async () => {
    await using start = await startScript(good)
    const plugin = start.up()
    const [first, second] = await Promise.all([plugin.stop(), plugin.stop()])
    expect(second).toBe(first)
    expect(first).toMatchObject({ killed: false, exit: { code: 0 } })
  })

  it('kills a plugin that does not know Shutdown, after the grace (LIFE-160)', async () => {
    await using start = await startScript(deaf)
    const report = await start.up().stop()
    expect(report).toMatchObject({
      killed: true,
      exit: { code: null, signal: 'SIGKILL' },
      shutdown: { kind: 'failed', code: 12 },
    })
    expect(report.ms).toBeGreaterThanOrEqual(400)
  })

  it('is Shutdown, then the end of the connection, then SIGKILL, and never another signal (LIFE-160)', async () => {
    const stays = good
      .replace(
        'const server',
        "process.on('SIGTERM', () => console.error('SIGTERM'))\nprocess.on('SIGINT', () => console.error('SIGINT'))\nconst server",
      )
      .replace('if (last) stream.on(', "if (last) console.error('Shutdown')\n  if (false) stream.on(")
      .replace(
        'server.listen(',
        "server.on('session', (session) => session.on('close', () => console.error('closed')))\nserver.listen(",
      )
    await using start = await startScript(stays)
    const plugin = start.up()
    const report = await plugin.stop()
    expect(report).toMatchObject({
      killed: true,
      exit: { signal: 'SIGKILL' },
    })
    expect(plugin.output.log.map((record) => record.raw).slice(-2)).toEqual(['Shutdown', 'closed'])
  })

  it('does not wait for ever for an answer to Shutdown, unlike Grafana (LIFE-160)', async () => {
    await using start = await startScript(
      deaf.replace('stream.respond(', "if (!headers[':path'].endsWith('/Shutdown')) stream.respond("),
    )
    expect(await start.up().stop()).toMatchObject({ killed: true, shutdown: { kind: 'timeout' } })
  })

  it('of a plugin that has died tells how it died', async () => {
    await using start = await startScript(good)
    const plugin = start.up()
    plugin.process?.kill('SIGKILL')
    await plugin.process?.exited
    expect(await plugin.stop()).toMatchObject({
      shutdown: undefined,
      killed: false,
      exit: { signal: 'SIGKILL' },
    })
    expect(start.events.some((event) => event.kind === 'exit' && !event.wanted)).toBe(true)
  })

  it('ends what the plugin has left behind and reports it', async () => {
    const withChild = good.replace(
      'const server',
      "require('node:child_process').spawn('/bin/sleep', ['62'], { stdio: 'ignore' }).unref()\nconst server",
    )
    await using start = await startScript(withChild)
    const report = await start.up().stop()
    expect(report.leftBehind).toEqual([expect.stringMatching(/^\d+ \/bin\/sleep 62$/)])
    expect(start.events.some((event) => event.kind === 'left-behind')).toBe(true)
    expect(await listGroup(start.pid)).toEqual([])
  })

  it('says when a descendant holds the pipes', async () => {
    const withChild = good.replace(
      'const server',
      "require('node:child_process').spawn('/bin/sleep', ['63'], { stdio: 'inherit' }).unref()\nconst server",
    )
    await using start = await startScript(withChild)
    expect(await start.up().stop()).toMatchObject({
      pipesClosed: false,
      leftBehind: [expect.stringContaining('sleep 63') as string],
    })
    expect(await listGroup(start.pid)).toEqual([])
  })

  it('tells of a socket that was left, and removes it', async () => {
    // SIGKILL leaves the socket of a listener behind.
    await using start = await startScript(unix)
    const plugin = start.up()
    plugin.process?.kill('SIGKILL')
    await plugin.process?.exited
    const file = plugin.address.kind === 'unix' ? plugin.address.path : ''
    expect(existsSync(file)).toBe(true)
    expect(await plugin.stop()).toMatchObject({ socketLeft: true })
    expect(existsSync(file)).toBe(false)
  })

  it('tells that a socket was removed', async () => {
    await using start = await startScript(unix)
    expect(await start.up().stop()).toMatchObject({ socketLeft: false, killed: false })
  })
})
