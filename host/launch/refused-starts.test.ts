import { readFile } from 'node:fs/promises'
import path from 'node:path'

import { describe, expect, test } from 'vitest'

import { bareEnvironment } from '../context/environment.ts'
import { launch } from './launch.ts'
import { currentPlatform, executableName } from './platform.ts'
import { server, shell, startScript } from './script-plugin.ts'
import { temporaryFolder } from './temporary-folder.ts'

const good = server('0, "127.0.0.1"', '"1|2|tcp|127.0.0.1:" + port + "|grpc"')

/** Serves well, announces itself with a wrong version, and writes down every call and every signal that can be caught. */
const refused = good.replace('|2|tcp', '|1|tcp').replace(
  "server.on('stream', (stream, headers) => {",
  `const told = (what) => require('node:fs').appendFileSync(process.env.GPC_DIARY, what + '\\n')
told('started')
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => told(signal))
process.on('exit', () => told('exit'))
server.on('stream', (stream, headers) => {
  told(headers[':path'])`,
)

describe('a handshake that is refused', () => {
  test('ends the process by SIGKILL: no Shutdown, no call at all, no signal that it could catch (LIFE-062)', async () => {
    await using folder = await temporaryFolder({ diary: '' })
    const diary = path.join(folder.path, 'diary')
    await using start = await startScript(refused, { env: { GPC_DIARY: diary } })
    expect(start.fault().class).toBe('app-version')
    expect(await readFile(diary, 'utf8')).toBe('started\n')
    expect(
      start.events.map(({ kind }) => kind).filter((kind) => kind === 'call' || kind === 'stopping'),
    ).toEqual([])
    expect(() => process.kill(start.pid, 0)).toThrow('ESRCH')
  })

  test('is not tried again (LIFE-063)', async () => {
    await using folder = await temporaryFolder({ diary: '' })
    const diary = path.join(folder.path, 'diary')
    await using start = await startScript(shell('echo started >> "$GPC_DIARY"', 'exit 1'), {
      env: { GPC_DIARY: diary },
    })
    expect(start.fault().class).toBe('exited')
    expect(await readFile(diary, 'utf8')).toBe('started\n')
    expect(
      start.events
        .filter(({ kind }) => kind === 'spawned' || kind === 'start-failed')
        .map(({ kind }) => kind),
    ).toEqual(['spawned', 'start-failed'])
  })
})

/** A plugin in a folder as Grafana would install it, unsigned, which writes its arguments and its user to a diary. */
function installed(): ReturnType<typeof temporaryFolder> {
  const script = good.replace(
    'const server',
    `require('node:fs').writeFileSync(__dirname + '/diary', JSON.stringify({
  args: process.argv.slice(2), uid: process.getuid?.(), gid: process.getgid?.(), parent: process.ppid
}))
const server`,
  )
  return temporaryFolder({
    'plugin.json': JSON.stringify({
      id: 'a-b-datasource',
      type: 'datasource',
      backend: true,
      executable: 'gpx_test',
    }),
    [executableName('gpx_test', currentPlatform())]: { content: script, mode: 0o755 },
  })
}

describe('a start as Grafana makes it', () => {
  test('passes no arguments (LIFE-006)', async () => {
    await using folder = await installed()
    await using plugin = await launch(folder.path, { env: bareEnvironment() })
    expect(plugin.process?.command).toBe(
      path.join(folder.path, executableName('gpx_test', currentPlatform())),
    )
    expect(await diaryOf(folder.path)).toMatchObject({ args: [] })
  })

  test('runs the plugin as a child of this process, with its user and its group (LIFE-010)', async () => {
    await using folder = await installed()
    await using plugin = await launch(folder.path, { env: bareEnvironment() })
    expect(plugin.process?.pid).toBeGreaterThan(0)
    expect(await diaryOf(folder.path)).toMatchObject({
      uid: process.getuid?.(),
      gid: process.getgid?.(),
      parent: process.pid,
    })
  })

  test('asks for no signature: a plugin without MANIFEST.txt is started (LIFE-005)', async () => {
    await using folder = await installed()
    await using plugin = await launch(folder.path, { env: bareEnvironment() })
    expect(plugin.exit).toBeUndefined()
  })
})

async function diaryOf(folder: string): Promise<unknown> {
  return JSON.parse(await readFile(path.join(folder, 'diary'), 'utf8'))
}
