import { describe, expect, test } from 'vitest'

import { grpcScript } from './grpc-script.ts'
import { startScript } from './script-plugin.ts'
import type { ScriptStart } from './script-plugin.ts'

/** The paths that the host has called so far, in order. */
function called({ events }: ScriptStart): readonly string[] {
  return events.flatMap((event) => (event.kind === 'call' ? [event.method] : []))
}

const STDIO = '/plugin.GRPCStdio/StreamStdio'
const BROKER = '/plugin.GRPCBroker/StartStream'

describe('a plugin without any of the services of go-plugin', () => {
  // Shutdown alone is obeyed, so that the test ends quickly.
  const script = grpcScript('grpc.refuse(stream, path.includes("CheckHealth") ? 0 : 12)')

  test('comes up, is called and is stopped like any other; UNIMPLEMENTED is taken silently (LIFE-100, LIFE-104)', async () => {
    await using start = await startScript(script)
    const plugin = start.up()
    // OK without a message is no answer of a unary method, but it is the plugin's own.
    expect(await plugin.diagnostics.checkHealth({})).toMatchObject({ kind: 'failed', code: 13 })
    expect(await plugin.stop()).toMatchObject({ exit: { code: 0 }, killed: false })
  })

  test('is asked for nothing but stdio and broker by the host on its own (LIFE-073, LIFE-100, LIFE-110)', async () => {
    await using start = await startScript(script)
    const plugin = start.up()
    await plugin.diagnostics.checkHealth({})
    expect(called(start).toSorted()).toEqual([BROKER, STDIO, '/pluginv2.Diagnostics/CheckHealth'].toSorted())
    await plugin.reconnect()
    await plugin.diagnostics.checkHealth({})
    expect(called(start).filter((path) => path === STDIO || path === BROKER)).toHaveLength(2)
    await plugin.stop()
    expect(called(start).at(-1)).toBe('/plugin.GRPCController/Shutdown')
    expect(called(start)).not.toContain('/grpc.health.v1.Health/Check')
  })
})

test('a plugin that answers no call at all counts as started; nothing is asked to find out (LIFE-140)', async () => {
  await using start = await startScript(grpcScript('// every call stays open'))
  expect(start.outcome.kind).toBe('up')
  expect(called(start).toSorted()).toEqual([BROKER, STDIO])
})

test('the broker stream is opened, gets no message and is not closed by the host (LIFE-104)', async () => {
  const script = grpcScript(`
    if (!path.includes('StartStream')) return grpc.refuse(stream, 12)
    let seen = 0
    stream.on('data', (bytes) => { seen += bytes.length; report() })
    stream.on('end', () => process.stderr.write('half-closed\\n'))
    const report = () => process.stderr.write('bytes ' + seen + '\\n')
    grpc.begin(stream)
    // A round trip after the host has sent all that it wants to send at the start.
    stream.session.ping(() => report())`)
  await using start = await startScript(script)
  const plugin = start.up()
  // Both are asked one after the other, so that the plugin has long had whatever came with the first.
  await plugin.diagnostics.checkHealth({})
  await plugin.diagnostics.checkHealth({})
  await expect.poll(() => plugin.output.log.length, { timeout: 10_000 }).toBeGreaterThan(0)
  expect(plugin.output.log.map(({ raw }) => raw)).toEqual(['bytes 0'])
})

describe('what a plugin sends through stdio', () => {
  /** Sends `count` chunks of 64 KiB and goes on only when the host has taken them. */
  const chatty = (count: number): string =>
    grpcScript(`
    if (!path.includes('StreamStdio')) return grpc.refuse(stream, 12)
    grpc.begin(stream)
    const data = Buffer.alloc(65536, 'x')
    // StdioData{channel: STDERR, data}
    const chunk = grpc.message(Buffer.concat([Buffer.from([0x08, 2, 0x12, 0x80, 0x80, 0x04]), data]))
    let sent = 0
    const next = () => {
      if (sent++ === ${count}) return process.stderr.write('all taken\\n')
      stream.write(chunk, next)
    }
    next()`)

  test('is drained as long as it comes, and the stream is held open after that (LIFE-108)', async () => {
    await using start = await startScript(chatty(512))
    const plugin = start.up()
    await expect.poll(() => plugin.output.log.at(-1)?.raw, { timeout: 30_000 }).toBe('all taken')
    await plugin.diagnostics.checkHealth({})
    expect(start.events.filter((event) => event.kind === 'status' && event.method === STDIO)).toEqual([])
  })

  test('is told in events and otherwise dropped: it is no output and no log of the plugin (LIFE-103)', async () => {
    await using start = await startScript(chatty(2))
    const plugin = start.up()
    await expect.poll(() => plugin.output.log.at(-1)?.raw, { timeout: 30_000 }).toBe('all taken')
    const stdio = (): readonly number[] =>
      start.events.flatMap((event) => (event.kind === 'stdio' ? [event.text.length] : []))
    await expect.poll(stdio, { timeout: 10_000 }).toEqual([65_536, 65_536])
    expect(plugin.output.log.map(({ raw }) => raw)).toEqual(['all taken'])
    expect(plugin.output.stdout).toHaveLength(1)
  })

  test('may end, well or badly, and nothing happens (LIFE-108)', async () => {
    for (const end of ['grpc.refuse(stream, 0)', 'grpc.refuse(stream, 13)', 'stream.close(2)']) {
      await using start = await startScript(
        grpcScript(`path.includes('StreamStdio') ? ${end} : grpc.refuse(stream, 12)`),
      )
      const plugin = start.up()
      expect(await plugin.diagnostics.checkHealth({})).toMatchObject({ kind: 'failed', code: 12 })
      expect(await plugin.stop()).toMatchObject({ exit: { code: 0 }, killed: false })
    }
  })
})
