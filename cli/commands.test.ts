import { describe, expect, test } from 'vitest'

import { scriptFolder } from './testing/plugin-folder.ts'
import { runCli } from './testing/run-cli.ts'

describe('the command line', () => {
  test('judges the reference plugin and ends with the sum and status 0', async () => {
    const { code, stdout } = await runCli(['dist/reference-plugin'])
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^\d+ upheld · \d+\.\d s$/)
    expect(code).toBe(0)
  })

  test('prints the report as JSON and nothing else', async () => {
    const { code, stdout, stderr } = await runCli([
      'dist/reference-plugin',
      '--json',
      '--only',
      'conversion/named-request',
    ])
    const report = JSON.parse(stdout) as Record<string, unknown>
    expect(report).toMatchObject({
      report: 1,
      grafana: '12.4.0',
      contract: 'scripted',
      exitCode: 0,
      subject: { id: 'conformance-reference-datasource' },
    })
    expect(stderr).toBe('')
    expect(code).toBe(0)
  })

  test('shows the conversation of what --only selects', async () => {
    const { stdout } = await runCli(['dist/reference-plugin', '--only', 'query/several-refids', '--trace'])
    expect(stdout).toContain('/pluginv2.Data/QueryData')
    // The left column alone, put together again.
    const host = stdout.replaceAll(/ *│.*\n *(?:\d+ ms)? ?/g, '')
    expect(host).toMatch(/traceparent=00-[0-9a-f]{32}-[0-9a-f]{16}-01/)
  })

  test('keeps every line within 80 columns, but for commands to copy', async () => {
    const { stdout } = await runCli(['dist/reference-plugin', '--trace'])
    const { stdout: listed } = await runCli(['list'])
    const long = [...stdout.split('\n'), ...listed.split('\n')].filter(
      (line) => line.length > 80 && !line.startsWith('  again'),
    )
    expect(long).toEqual([])
  })

  test('lists the catalogue as JSON with cases and mutants for every rule', async () => {
    const { stdout } = await runCli(['list', '--json'])
    const { rules } = JSON.parse(stdout) as {
      rules: ReadonlyArray<{ id: string; cases: unknown[]; mutants: string[]; sources: unknown[] }>
    }
    expect(rules.length).toBeGreaterThanOrEqual(50)
    expect(
      rules
        .filter((rule) => rule.cases.length === 0 || rule.mutants.length === 0 || rule.sources.length === 0)
        .map((rule) => rule.id),
    ).toEqual([])
  })

  test('explains a rule with its consequence, sources and mutants', async () => {
    const { stdout, code } = await runCli(['explain', 'query/every-refid-answered'])
    expect(stdout).toContain('DATA-201')
    expect(stdout).toContain('loses-the-last-refid')
    expect(code).toBe(0)
  })

  test('prints help with all flags of run and status 0', async () => {
    const { stdout, code } = await runCli(['--help'])
    for (const flag of [
      '--only',
      '--skip',
      '--json',
      '--trace',
      '--strict',
      '--require-complete',
      '--jobs',
      '--patience',
      '--seed',
      '--grafana',
      '--attach',
      '--forward-host-env',
      '--plugin-setting',
      '--runner-mode',
      '--pause-before',
      '--automtls',
    ]) {
      expect(stdout).toContain(flag)
    }
    expect(code).toBe(0)
  })

  test('needs no judgement of warnings unless --strict asks for it', async () => {
    const relaxed = await runCli(['dist/reference-plugin', '--only', 'conversion/named-request'])
    const strict = await runCli([
      'dist/reference-plugin',
      '--only',
      'conversion/named-request',
      '--strict',
      '--require-complete',
    ])
    expect([relaxed.code, strict.code]).toEqual([0, 0])
  })

  test('tells about a plugin in standalone mode before it is judged, with the address to attach to (LIFE-181)', async () => {
    await using folder = await scriptFolder('echo "1|2|tcp|127.0.0.1:1|grpc"; exec sleep 60', 0o755, {
      'standalone.txt': '127.0.0.1:1',
    })
    const { stderr } = await runCli([folder.path, '--only', 'manifest/*'])
    expect(stderr).toMatch(
      /in standalone mode: .*standalone\.txt names "127\.0\.0\.1:1".*--attach 127\.0\.0\.1:1\./,
    )
  })

  test('imitates Grafana 9.5 with settings of an operator (LIFE-022, LIFE-027)', async () => {
    const { stdout, code } = await runCli([
      'dist/reference-plugin',
      '--grafana',
      '9.5',
      '--only',
      'lifecycle/minimal-surroundings',
      '--plugin-setting',
      'url=http://x?a=b',
      '--runner-mode',
      '--forward-host-env',
      '--json',
    ])
    expect(JSON.parse(stdout)).toMatchObject({ grafana: '9.5.21', exitCode: 0 })
    expect(code).toBe(0)
  })
})
