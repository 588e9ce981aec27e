import { readFile } from 'node:fs/promises'

import { describe, expect, test } from 'vitest'

import { runCli } from './testing/run-cli.ts'

const readme = await readFile('README.md', 'utf8')

/** Command lines of the README, without their comments, that judge or explain something on this machine. */
const commands = [...readme.matchAll(/^npx grafana-plugin-conformance (.*?)(?:\s+#.*)?$/gm)]
  .map((match) => match[1] ?? '')
  .filter((line) => !line.includes('--attach'))

describe('the README', () => {
  test('has command lines to try', () => {
    expect(commands.length).toBeGreaterThanOrEqual(4)
  })

  test.each(commands)('npx grafana-plugin-conformance %s works on the reference plugin', async (line) => {
    const args = line
      .split(' ')
      .filter((part) => part !== '')
      .map((part) => part.replaceAll("'", ''))
    const { code, stdout } = await runCli(
      args.map((part) => (/^\.\/(dist|my-plugin)$/.test(part) ? 'dist/reference-plugin' : part)),
    )
    expect(stdout).not.toBe('')
    expect(code).toBe(0)
  })

  test('states the exit codes that the help states', async () => {
    const { stdout } = await runCli(['--help'])
    const stated = [...readme.matchAll(/^\| (\d+) \| /gm)].map((match) => match[1])
    expect(stated).toEqual(['0', '1', '2', '3', '4', '130'])
    for (const code of stated) expect(stdout).toMatch(new RegExp(`\\b${code} `))
  })
})
