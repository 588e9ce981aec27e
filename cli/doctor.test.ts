import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

import { describe, expect, test } from 'vitest'

import { temporaryFolder } from '../host/launch/temporary-folder.ts'
import { executable, pluginJson, scriptFolder } from './testing/plugin-folder.ts'
import { processesOf } from './testing/processes.ts'
import { runCli } from './testing/run-cli.ts'

/** The marks and names of the steps of a sheet, in their order. */
function stepsOf(sheet: string): readonly string[] {
  return [...sheet.matchAll(/^(?<mark>[✓!✗-]) (?<name>\S.{13}\S|\S.{0,14}?)\s{2,}/gmu)].map(
    ({ groups }) => `${groups?.['mark'] ?? ''} ${groups?.['name']?.trim() ?? ''}`,
  )
}

describe('doctor', () => {
  test('finds nothing wrong with the reference plugin, step by step', async () => {
    const { code, stdout, stderr } = await runCli(['doctor', 'dist/reference-plugin'])
    expect(stderr).toBe('')
    expect(stepsOf(stdout)).toEqual([
      '✓ files',
      '- platforms',
      '✓ start',
      '✓ handshake',
      '✓ connection',
      '✓ gRPC health',
      '✓ CheckHealth',
      '✓ QueryData',
      '✓ CallResource',
      '✓ CollectMetrics',
      '✓ SubscribeStream',
      '✓ second copy',
      '✓ stop',
    ])
    expect(stdout).toContain('Nothing wrong that Grafana would show.')
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(code).toBe(0)
  })

  test('prints the same as JSON, with the time of each step', async () => {
    const { code, stdout } = await runCli(['doctor', 'dist/reference-plugin', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({
      doctor: 1,
      grafana: '12.4.0',
      subject: { id: 'conformance-reference-datasource' },
      steps: expect.arrayContaining([
        {
          name: 'stop',
          mark: 'good',
          ms: expect.any(Number) as number,
          text: 'exit status 0 after Shutdown',
        },
      ]) as unknown,
      exitCode: 0,
    })
    expect(code).toBe(0)
  })

  test("tells how a plugin died, in Grafana's words and in ours, and leaves nothing running", async () => {
    await using folder = await scriptFolder('sleep 60 >/dev/null 2>&1 & echo "no database" >&2; exit 7')
    const { code, stdout } = await runCli(['doctor', folder.path])
    expect(stdout).toContain('exit status 7')
    expect(stdout).toContain('no database')
    expect(stdout).toContain('Cause: ')
    expect(stdout).toContain('Fix: ')
    expect(stdout).toContain('logger=plugins.backend.start')
    expect(stdout).toContain('The plugin did not come up (gives-up).')
    expect(code).toBe(3)
    expect(await processesOf(folder.path, 0)).toEqual([])
  })

  test('has the diagnosis in its JSON', async () => {
    await using folder = await scriptFolder("printf 'Hello\\n1|2|tcp|127.0.0.1:1|grpc\\n'; exec sleep 60")
    const { code, stdout } = await runCli(['doctor', folder.path, '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ diagnosis: { kind: 'banner', blast: 'plugin' }, exitCode: 3 })
    expect(code).toBe(3)
  })

  test('examines a plugin that runs already, and lets it run', async () => {
    await using folder = await temporaryFolder()
    const child = spawn('dist/reference-plugin/' + (await nameOfReference()), {
      env: { grafana_plugin_type: 'datasource', TMPDIR: folder.path },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const exited = new Promise((resolve) => child.once('exit', resolve))
    try {
      const [line = ''] = await firstLine(child.stdout)
      const { code, stdout } = await runCli(['doctor', 'dist/reference-plugin', '--attach', line])
      expect(stepsOf(stdout)).toEqual(expect.arrayContaining(['✓ connection', '✓ CheckHealth', '- stop']))
      expect(stepsOf(stdout)).not.toContain('✓ start')
      expect(code).toBe(0)
      expect(child.exitCode).toBeNull()
    } finally {
      child.kill('SIGKILL')
      await exited
    }
  })

  test('says of an address where nobody is that nobody is there', async () => {
    const { code, stdout } = await runCli(['doctor', '--attach', '127.0.0.1:1'])
    expect(stdout).toContain('Nobody listens on 127.0.0.1:1')
    expect(code).toBe(3)
  })

  test('finds what Grafana would show although the plugin comes up: exit code 1', async () => {
    await using folder = await scriptFolder(`exec ${process.execPath} "$(dirname "$0")/server.js"`, 0o755, {
      'server.js': diesAtHealthCheck,
    })
    const { code, stdout } = await runCli(['doctor', folder.path])
    expect(stepsOf(stdout)).toContain('✗ CheckHealth')
    expect(stdout).toContain('ended at the first call')
    expect(stdout).toContain('cannot read properties')
    expect(code).toBe(1)
  })
})

describe('what a new user may get wrong', () => {
  test.each([
    ['no plugin at all', ['doctor'], ['Expected the plugin to examine', 'For example']],
    ['a wrong path', ['doctor', './no-such-plugin'], ['no-such-plugin', 'Name the folder with plugin.json']],
    [
      'a folder without plugin.json',
      ['doctor', 'docs/protocol'],
      ['Expected a plugin.json', 'Name the folder'],
    ],
    ['a typo in a flag', ['doctor', '.', '--jsno'], ['--jsno', 'Did you mean --json']],
    ['a flag of another command', ['doctor', '.', '--strict'], ['--strict']],
    ['an unknown Grafana', ['doctor', 'dist/reference-plugin', '--grafana', '7'], ['12.4']],
    [
      'a typo in the command',
      ['docter', 'dist/reference-plugin'],
      ['There is no command "docter"', 'Did you mean doctor?'],
    ],
  ])('%s is told, with exit code 2', async (_, args, texts) => {
    const { code, stdout, stderr } = await runCli(args)
    for (const text of texts) expect(stdout + stderr).toContain(text)
    expect(stdout + stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m)
    expect(code).toBe(2)
  })

  test('a plugin.json that Grafana refuses is told with file, line, column and exit code 2', async () => {
    await using folder = await temporaryFolder({
      'plugin.json': pluginJson.replace('"info"', '"routes":{},"info"'),
      [executable]: { content: '#!/bin/sh\n', mode: 0o755 },
    })
    const { code, stderr } = await runCli(['doctor', folder.path])
    expect(stderr).toContain('`routes` to be a list')
    expect(stderr).toMatch(/plugin\.json:1:\d+/)
    expect(code).toBe(2)
  })
})

/** Comes up, and throws at the first CheckHealth. */
const diesAtHealthCheck = `
const server = require('node:http2').createServer()
server.on('stream', (stream, headers) => {
  stream.on('error', () => {})
  if (headers[':path'].endsWith('/CheckHealth')) throw new TypeError('cannot read properties of undefined')
  stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '12' }, { endStream: true })
})
server.listen(0, '127.0.0.1', () => console.log('1|2|tcp|127.0.0.1:' + server.address().port + '|grpc'))
`

async function nameOfReference(): Promise<string> {
  const { currentPlatform, executableName } = await import('../host/launch/platform.ts')
  return executableName('gpx_conformance_reference', currentPlatform())
}

async function firstLine(stdout: NodeJS.ReadableStream): Promise<readonly string[]> {
  for await (const line of createInterface({ input: stdout })) return [line]
  return []
}
