import { createServer as createHttp2 } from 'node:http2'
import { createServer } from 'node:net'
import type { Server } from 'node:net'

import { describe, expect, it } from 'vitest'

import { defaultBudgets } from '../budgets.ts'
import { listGroup } from './process-group.ts'
import { server, shell, startScript } from './script-plugin.ts'

const short = { ...defaultBudgets, handshake: 600, connect: 600, grace: 300, reap: 500 }
const dead = '1|2|tcp|127.0.0.1:1|grpc'

describe('a plugin that comes up', () => {
  it.each([
    ['on TCP', server('0, "127.0.0.1"', '"1|2|tcp|127.0.0.1:" + port + "|grpc"'), 'tcp'],
    ['on TCP without a host', server('0, "127.0.0.1"', '"1|2|tcp|:" + port + "|grpc"'), 'tcp'],
    ['on TCP under a name', server('0, "127.0.0.1"', '"1|2|tcp|localhost:" + port + "|grpc"'), 'tcp'],
    ['on IPv6', server('0, "::1"', '"1|2|tcp|[::1]:" + port + "|grpc"'), 'tcp'],
    ['on a unix socket', server('__filename + ".sock"', '"1|2|unix|" + __filename + ".sock|grpc"'), 'unix'],
    ['with CR LF', server('0, "127.0.0.1"', '"1|2|tcp|127.0.0.1:" + port + "|grpc\\r"'), 'tcp'],
  ])('%s is connected to and stopped, and nothing is left', async (_, script, kind) => {
    await using start = await startScript(script)
    const plugin = start.up()
    expect(plugin.address.kind).toBe(kind)
    expect(plugin.refusedFirstConnection).toBe(false)
    const report = await plugin.stop()
    expect(report).toMatchObject({ exit: { code: 0 }, killed: false, pipesClosed: true, leftBehind: [] })
    expect(await listGroup(start.pid)).toEqual([])
  })

  it.runIf(process.platform === 'linux')('on an abstract socket is connected to', async () => {
    const script = server('"\\0plugin-" + process.pid', '"1|2|unix|@plugin-" + process.pid + "|grpc"')
    await using start = await startScript(script)
    expect(start.up().refusedFirstConnection).toBe(false)
  })

  it('tells how long it took and what it printed', async () => {
    await using start = await startScript(
      server('0, "127.0.0.1"', '"1|2|tcp|127.0.0.1:" + port + "|grpc\\nmore"'),
    )
    const plugin = start.up()
    expect(plugin.startMs).toBeGreaterThan(0)
    expect(plugin.handshake?.line).toBe(plugin.output.stdout[0]?.text)
    expect(start.events.map((event) => event.kind).slice(0, 1)).toEqual(['spawned'])
    expect(start.events.some((event) => event.kind === 'handshake')).toBe(true)
  })

  it('late is connected to, and it is said that the first connection was refused', async () => {
    const late = `#!${process.execPath}
const probe = require('node:net').createServer().listen(0, '127.0.0.1', () => {
  const { port } = probe.address()
  probe.close(() => {
    process.stdout.write('1|2|tcp|127.0.0.1:' + port + '|grpc\\n')
    setTimeout(() => require('node:http2').createServer().listen(port, '127.0.0.1'), 300)
  })
})`
    await using start = await startScript(late)
    expect(start.up().refusedFirstConnection).toBe(true)
  })
})

describe('a locator, which names a server that lives elsewhere,', () => {
  it.each([
    ['stays alive', ['exec sleep 60']],
    ['exits', ['exit 0']],
  ])('is believed when it %s', async (_, end) => {
    const elsewhere = createHttp2()
    const port = await listen(elsewhere)
    try {
      await using start = await startScript(shell(`echo '1|2|tcp|127.0.0.1:${port}|grpc'`, ...end))
      expect(start.up().address).toEqual({ kind: 'tcp', host: '127.0.0.1', port })
    } finally {
      elsewhere.close()
    }
  })

  it('is not believed when nobody is there, and its end is told at once', async () => {
    await using start = await startScript(shell(`echo '${dead}'`, 'echo no more >&2', 'exit 3'))
    expect(start.fault()).toMatchObject({
      class: 'unreachable',
      exit: { code: 3 },
      stderr: ['no more'],
      found: expect.stringMatching(/^ECONNREFUSED .*exit status 3/) as string,
    })
    expect(start.fault().ms).toBeLessThan(4_000)
  })
})

describe('a plugin that does not come up', () => {
  it('by exiting is told with its status and its words', async () => {
    await using start = await startScript(shell('echo cannot read config >&2', 'echo give up >&2', 'exit 7'))
    expect(start.fault()).toMatchObject({
      class: 'exited',
      exit: { code: 7, signal: null },
      stderr: ['cannot read config', 'give up'],
      what: expect.stringContaining('exit status 7') as string,
      fix: expect.stringContaining('stderr') as string,
    })
  })

  it('by a signal is told with the signal', async () => {
    await using start = await startScript(shell('kill -TERM $$'))
    expect(start.fault()).toMatchObject({ class: 'exited', exit: { code: null, signal: 'SIGTERM' } })
  })

  it('by printing usage is told with its first line', async () => {
    await using start = await startScript(shell("echo 'Usage: x [options]'", 'exit 2'))
    expect(start.fault()).toMatchObject({
      class: 'garbage',
      firstLine: 'Usage: x [options]',
      exit: { code: 2 },
      grafanaLog: expect.stringContaining('Unrecognized remote plugin message: Usage: x [options]') as string,
    })
  })

  it('for a banner is told which later line would have been right', async () => {
    await using start = await startScript(
      shell('echo Starting...', 'echo', `echo '${dead}'`, 'exec sleep 60'),
    )
    expect(start.fault()).toMatchObject({
      class: 'garbage',
      firstLine: 'Starting...',
      laterHandshake: { line: dead, number: 3 },
    })
  })

  it('for silence is told when the time is over', async () => {
    await using start = await startScript(shell('exec sleep 60'), { budgets: short })
    expect(start.fault()).toMatchObject({ class: 'timeout', found: 'nothing on stdout' })
    expect(start.fault()).not.toHaveProperty('partialLine')
  })

  it('for a line without its end is told that text', async () => {
    await using start = await startScript(shell(`printf '${dead}'`, 'exec sleep 60'), { budgets: short })
    expect(start.fault()).toMatchObject({
      class: 'timeout',
      partialLine: dead,
      fix: expect.stringContaining('line feed') as string,
    })
  })

  it('by closing stdout and living on is told so', async () => {
    await using start = await startScript(shell('exec >&-', 'exec sleep 60'))
    expect(start.fault()).toMatchObject({
      class: 'garbage',
      what: expect.stringContaining('closed stdout') as string,
    })
    expect(start.fault()).not.toHaveProperty('exit')
  })

  it('for a wrong version is told the field', async () => {
    await using start = await startScript(shell("echo '1|1|tcp|127.0.0.1:1|grpc'", 'exec sleep 60'))
    expect(start.fault()).toMatchObject({ class: 'app-version', field: 2, found: '1' })
  })

  it('for a first line of 65 536 bytes is told so', async () => {
    await using start = await startScript(
      shell('head -c 65536 /dev/zero | tr "\\0" x', 'echo', 'exec sleep 60'),
      { env: { PATH: '/usr/bin:/bin' } },
    )
    expect(start.fault()).toMatchObject({ class: 'too-long' })
  })

  it('for an address where nobody listens is told after some patience', async () => {
    await using start = await startScript(shell(`echo '${dead}'`, 'exec sleep 60'))
    expect(start.fault()).toMatchObject({
      class: 'unreachable',
      what: 'Nobody listens on 127.0.0.1:1.',
      found: 'ECONNREFUSED from 127.0.0.1:1',
    })
  })

  it('for a name that nobody knows is told at once', async () => {
    await using start = await startScript(
      shell("echo '1|2|tcp|no-such-host.invalid:5|grpc'", 'exec sleep 60'),
    )
    expect(start.fault()).toMatchObject({ class: 'address', field: 4, found: 'no-such-host.invalid' })
  })

  it('for a listener that says nothing is told so', async () => {
    const silent = createServer()
    const port = await listen(silent)
    try {
      await using start = await startScript(shell(`echo '1|2|tcp|127.0.0.1:${port}|grpc'`, 'exec sleep 60'), {
        budgets: short,
      })
      expect(start.fault()).toMatchObject({ class: 'silent' })
    } finally {
      silent.close()
    }
  })

  it('because the file can not be run is told in the words of the system', async () => {
    await using start = await startScript('#!/no/such/interpreter\n')
    expect(start.fault()).toMatchObject({
      class: 'exec',
      found: expect.stringContaining('ENOENT') as string,
      grafanaLog: expect.stringMatching(/fork\/exec .*: no such file or directory/) as string,
    })
  })

  it('is killed with what it started, and that is reported', async () => {
    await using start = await startScript(shell('sleep 61 &', "echo 'not a handshake'", 'exec sleep 60'), {
      env: { PATH: '/usr/bin:/bin' },
    })
    expect(start.fault().class).toBe('garbage')
    expect(await listGroup(start.pid)).toEqual([])
    const left = start.events.flatMap((event) => (event.kind === 'left-behind' ? [event.what] : []))
    expect(left).toEqual([expect.stringMatching(/^\d+ sleep 61$/)])
  })

  it('is given up when the run is interrupted', async () => {
    const interrupt = new AbortController()
    const starting = startScript(shell('exec sleep 60'), { signal: interrupt.signal })
    interrupt.abort()
    await using start = await starting
    expect(start.fault().class).toBe('timeout')
    expect(await listGroup(start.pid)).toEqual([])
  })
})

function listen(listener: Server | ReturnType<typeof createHttp2>): Promise<number> {
  return new Promise((resolve) => {
    listener.listen(0, '127.0.0.1', () => {
      const address = listener.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}
