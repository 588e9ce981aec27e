import { describe, expect, test } from 'vitest'

import { temporaryFolder } from '../host/launch/temporary-folder.ts'
import type { Entry } from '../host/launch/temporary-folder.ts'
import { executable, pluginJson, scriptFolder } from './testing/plugin-folder.ts'
import { runCli } from './testing/run-cli.ts'
import type { CliResult } from './testing/run-cli.ts'

/** No stack trace, no undefined, and a last line that says what to do. */
function expectHelpful(result: CliResult, code: number, ...texts: readonly (string | RegExp)[]): void {
  // Wrapped lines are still one sentence.
  const text = (result.stdout + result.stderr).replaceAll(/\n\s+(?!at )/g, ' ')
  expect(text).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m)
  expect(text).not.toContain('undefined')
  for (const expected of texts) expect(text).toMatch(expected)
  expect(result.code, text).toBe(code)
}

async function judgeFolder(entries: Readonly<Record<string, Entry>>): Promise<CliResult> {
  await using folder = await temporaryFolder(entries)
  return await runCli([folder.path])
}

async function judgeScript(script: string, mode?: number): Promise<CliResult> {
  await using folder = await scriptFolder(script, mode)
  return await runCli([folder.path])
}

describe('what cannot be a subject', () => {
  test('no argument: asks for the plugin', async () => {
    expectHelpful(await runCli([]), 2, 'Expected the plugin to judge', /For example/)
  })

  test('a path that is not there: names it and what to name instead', async () => {
    expectHelpful(await runCli(['./no-such-plugin']), 2, 'no-such-plugin', /Name the folder with plugin.json/)
  })

  test('a folder without plugin.json', async () => {
    expectHelpful(await judgeFolder({ 'readme.txt': 'hello' }), 2, /plugin\.json/)
  })

  test('a folder with several plugins: lists them', async () => {
    expectHelpful(
      await judgeFolder({ 'a/plugin.json': pluginJson, 'b/plugin.json': pluginJson }),
      2,
      'a/plugin.json',
      'b/plugin.json',
    )
  })

  test('an invalid plugin.json: file, line and column', async () => {
    expectHelpful(
      await judgeFolder({ 'plugin.json': '{\n "id": "x"\n "type": "datasource"\n}' }),
      2,
      /plugin\.json:3:\d+/,
    )
  })

  test('a plugin without a backend', async () => {
    const entries = { 'plugin.json': pluginJson.replace('"backend":true', '"backend":false') }
    expectHelpful(await judgeFolder(entries), 2, '"backend": true')
  })
})

describe('what cannot be started', () => {
  test('a missing executable: the expected name', async () => {
    expectHelpful(await judgeFolder({ 'plugin.json': pluginJson }), 3, executable, /Fix: /)
  })

  test('an executable that may not be executed: chmod', async () => {
    expectHelpful(await judgeScript('exit 0', 0o644), 3, /mode 0644/, /chmod/)
  })

  test('an executable for another architecture: both platforms', async () => {
    // An ELF header for a machine that no test runs on: IBM System/390, big-endian.
    const header = Buffer.alloc(64)
    header.set([0x7f, 0x45, 0x4c, 0x46, 2, 2, 1])
    header.writeUInt16BE(2, 16)
    header.writeUInt16BE(22, 18)
    const result = await judgeFolder({
      'plugin.json': pluginJson,
      [executable]: { content: header, mode: 0o755 },
    })
    expectHelpful(result, 3, 's390x', /Fix: /)
  })

  test('a script whose interpreter is missing: its name', async () => {
    const entries = {
      'plugin.json': pluginJson,
      [executable]: { content: '#!/no/such/interpreter\n', mode: 0o755 },
    }
    expectHelpful(await judgeFolder(entries), 3, '/no/such/interpreter')
  })
})

describe('what starts and does not come up', () => {
  test('exits at once: status and last stderr lines', async () => {
    expectHelpful(
      await judgeScript('echo first >&2; echo "no database" >&2; exit 7'),
      3,
      'exit status 7',
      'no database',
    )
  })

  test('dies of a signal: the signal', async () => {
    expectHelpful(await judgeScript('kill -SEGV $$'), 3, 'segmentation fault')
  })

  test('prints a banner: the line and where the handshake is', async () => {
    const result = await judgeScript(
      'echo "Starting my plugin"; echo "1|2|tcp|127.0.0.1:1|grpc"; exec sleep 60',
    )
    expectHelpful(result, 3, 'Starting my plugin', /line 2/, 'Unrecognized remote plugin message')
  })

  test('prints nothing: names the time it was given', async () => {
    await using folder = await scriptFolder('exec sleep 60')
    expectHelpful(
      await runCli([folder.path, '--patience', '0.01']),
      3,
      /within 600 ms/,
      'timeout while waiting for plugin to start',
    )
  })

  test('prints a wrong version: the field and what is right', async () => {
    expectHelpful(
      await judgeScript('echo "1|1|tcp|127.0.0.1:1|grpc"; exec sleep 60'),
      3,
      'Field 2',
      'incompatible API version with plugin',
    )
  })

  test('listens nowhere: the address', async () => {
    await using folder = await scriptFolder('echo "1|2|tcp|127.0.0.1:1|grpc"; exec sleep 60')
    expectHelpful(await runCli([folder.path]), 3, 'Nobody listens on 127.0.0.1:1', 'connection refused')
  })
})

describe('what is wrong on the command line', () => {
  test('an unknown flag: the nearest', async () => {
    expectHelpful(await runCli(['.', '--onyl', 'x']), 2, '--onyl', /Did you mean --only/)
  })

  test('an unknown rule: the nearest', async () => {
    expectHelpful(await runCli(['explain', 'query/every-refid-answerd']), 2, 'query/every-refid-answered')
  })

  test('a filter that matches nothing: the nearest', async () => {
    expectHelpful(
      await runCli(['dist/reference-plugin', '--only', 'query/several-refid']),
      2,
      'query/several-refids',
    )
  })

  test('an unknown Grafana: the known ones', async () => {
    expectHelpful(await runCli(['dist/reference-plugin', '--grafana', '8']), 2, '12.4')
  })

  test('a number that is none', async () => {
    expectHelpful(await runCli(['dist/reference-plugin', '--jobs', 'many']), 2, '--jobs', '"many"')
  })

  test('a plugin setting without a value: how it is written', async () => {
    expectHelpful(
      await runCli(['dist/reference-plugin', '--plugin-setting', 'key']),
      2,
      '--plugin-setting',
      'key=value',
    )
  })

  test('an argument that would start a standalone server: to attach instead (LIFE-181)', async () => {
    expectHelpful(await runCli(['dist/reference-plugin', '--', '-standalone']), 2, '-standalone', '--attach')
  })

  test('an address that is none: the accepted forms', async () => {
    expectHelpful(await runCli(['--attach', 'localhost']), 2, 'host:port')
  })

  test('samples with a mistake: file, line, column and the nearest key', async () => {
    await using folder = await temporaryFolder({ 'conformance.yaml': 'querys:\n  - model: {}\n' })
    const result = await runCli(['dist/reference-plugin', '--samples', `${folder.path}/conformance.yaml`])
    expectHelpful(result, 2, /conformance\.yaml:1:1/, 'Did you mean queries')
  })
})
