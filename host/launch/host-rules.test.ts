import { stat } from 'node:fs/promises'
import { createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'

import { describe, expect, it } from 'vitest'

import { defaultBudgets } from '../budgets.ts'
import { profileNamed } from '../context/profile.ts'
import { launch } from './launch.ts'
import { inRunnerMode } from './runner-mode.ts'
import { server, shell, startScript } from './script-plugin.ts'
import type { ScriptStart } from './script-plugin.ts'
import { childSpawner } from './spawn-child.ts'
import { temporaryFolder } from './temporary-folder.ts'

const loopback = '0, "127.0.0.1"'
const line = '"1|2|tcp|127.0.0.1:" + port + "|grpc"'

/** A plugin that says a JavaScript expression on stderr before it serves. */
function saying(expression: string): string {
  const [first = '', ...rest] = server(loopback, line).split('\n')
  return [first, `process.stderr.write(JSON.stringify(${expression}) + '\\n')`, ...rest].join('\n')
}

/** What it said, once stderr has reached its end. */
async function said(start: ScriptStart): Promise<unknown> {
  const plugin = start.up()
  await plugin.stop()
  return JSON.parse(plugin.output.log[0]?.raw ?? 'null')
}

describe('the host starts a process', () => {
  it('without arguments (LIFE-006)', async () => {
    await using start = await startScript(saying('process.argv.slice(2)'))
    expect(await said(start)).toEqual([])
  })

  it('with its own identity, folder and a null device as stdin (LIFE-008, LIFE-009, LIFE-010)', async () => {
    await using start = await startScript(
      saying(
        '[process.getuid(), process.getgid(), process.cwd(), require("fs").fstatSync(0).isCharacterDevice()]',
      ),
    )
    expect(await said(start)).toEqual([process.getuid?.(), process.getgid?.(), process.cwd(), true])
  })

  it.skipIf(process.platform === 'win32')(
    'without a stdin where a case asks for that (LIFE-009)',
    async () => {
      const looks = shell('[ -e /proc/$$/fd/0 ] && echo open >&2 || echo closed >&2', 'exit 3')
      await using open = await startScript(looks)
      await using closed = await startScript(looks, { stdin: 'closed' })
      expect([open.fault().stderr, closed.fault().stderr]).toEqual([['open'], ['closed']])
      await using serving = await startScript(server(loopback, line), { stdin: 'closed' })
      expect(serving.up().process?.pid).toBe(serving.pid)
    },
  )

  it('in runner mode with a fresh folder for its socket, which goes with it (LIFE-012, LIFE-083)', async () => {
    const folders: string[] = []
    for (const again of [1, 2]) {
      await using folder = await temporaryFolder({
        plugin: {
          content: saying(
            '[process.env.PLUGIN_UNIX_SOCKET_DIR, require("fs").readdirSync(process.env.PLUGIN_UNIX_SOCKET_DIR)]',
          ),
          mode: 0o755,
        },
      })
      await using start = await startScript(shell(`echo ${again}`), {
        spawn: inRunnerMode(childSpawner(`${folder.path}/plugin`)),
      })
      const [named, content] = (await said(start)) as readonly [string, readonly string[]]
      expect(content).toEqual([])
      folders.push(named)
    }
    expect(new Set(folders).size).toBe(2)
    for (const folder of folders) await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('with what an operator configured, computed anew at every start (LIFE-026, LIFE-027)', async () => {
    await using folder = await temporaryFolder({
      plugin: {
        content: saying('[process.env.GF_PLUGIN_KEY, process.env.CONFORMANCE_CHANGES]'),
        mode: 0o755,
      },
    })
    const pluginSettings: Record<string, string> = {}
    const seen: unknown[] = []
    for (const value of ['old', 'new']) {
      pluginSettings['key'] = value
      process.env['CONFORMANCE_CHANGES'] = value
      const operator = { pluginSettings, forwardHostEnv: value === 'new' }
      const plugin = await launch(`${folder.path}/plugin`, { profile: profileNamed('12.4'), operator })
      await plugin.stop()
      seen.push(JSON.parse(plugin.output.log[0]?.raw ?? 'null'))
    }
    delete process.env['CONFORMANCE_CHANGES']
    expect(seen).toEqual([
      ['old', null],
      ['new', 'new'],
    ])
  })

  it('never in standalone mode, in which the Go SDK kills its host (LIFE-181)', async () => {
    await expect(launch(process.execPath, { args: ['-standalone'] })).rejects.toMatchObject({ code: 'usage' })
  })
})

describe('the host waits for the handshake', () => {
  it('for 60 s, as go-plugin does (LIFE-060)', () => {
    expect(defaultBudgets.handshake).toBe(60_000)
  })

  it('from the creation of the process, and ends a process that says nothing (LIFE-060, LIFE-062)', async () => {
    await using start = await startScript(shell('exec sleep 60'), {
      budgets: { ...defaultBudgets, handshake: 300 },
    })
    expect(start.fault()).toMatchObject({
      class: 'timeout',
      what: expect.stringContaining('300 ms') as string,
    })
    expect(() => process.kill(start.pid, 0)).toThrow('ESRCH')
  })
})

describe('a locator, which names a server that somebody debugs,', () => {
  it('leads to that server, which outlives the stop of the locator (LIFE-180, LIFE-183)', async () => {
    const calls: string[] = []
    const debugged = createServer()
    debugged.on('stream', (stream, headers) => {
      calls.push(String(headers[':path']))
      // A server in standalone mode offers pluginv2 services only.
      const status = String(headers[':path']).startsWith('/pluginv2.') ? '0' : '12'
      stream.on('error', () => {})
      stream.respond(
        { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': status },
        { endStream: true },
      )
    })
    await new Promise<void>((resolve) => debugged.listen(0, '127.0.0.1', () => resolve()))
    const { port } = debugged.address() as AddressInfo
    try {
      await using start = await startScript(shell(`echo '1|2|tcp|:${port}|grpc'`, 'exec sleep 60'))
      const report = await start.up().stop()
      expect(report).toMatchObject({ killed: true, shutdown: { kind: 'failed', code: 12 } })
      expect(calls).toContain('/plugin.GRPCController/Shutdown')
      expect(() => process.kill(start.pid, 0)).toThrow('ESRCH')
      expect(debugged.listening).toBe(true)
      await using attached = await launch({
        kind: 'attached',
        pluginJson: undefined,
        pluginJsonPath: undefined,
        address: { kind: 'tcp', host: '127.0.0.1', port },
      })
      expect(attached.process).toBeUndefined()
    } finally {
      debugged.close()
    }
  })
})
