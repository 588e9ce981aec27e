import { describe, expect, test } from 'vitest'

import { temporaryFolder } from '../host/launch/temporary-folder.ts'
import { runCli } from './testing/run-cli.ts'

const one = ['dist/reference-plugin', '--only', 'lifecycle/bare-http2']

describe('--pause-before', () => {
  test('prints the process and goes on when a line arrives on stdin, not before', async () => {
    let released = false
    const result = await runCli([...one, '--pause-before', 'lifecycle/bare-http2'], {
      stdin: 'pipe',
      started(child) {
        child.stderr?.on('data', (text: Buffer | string) => {
          if (!String(text).includes('Paused before')) return
          released = true
          child.stdin?.write('\n')
        })
      },
    })
    expect(released).toBe(true)
    expect(result.stderr).toMatch(
      /Paused before lifecycle\/bare-http2: process \d+, 127\.0\.0\.1:\d+\. Attach a debugger, then press Enter\./,
    )
    expect(result.stdout).toMatch(/upheld/)
    expect(result.code).toBe(0)
  })

  test('keeps stdout for the report', async () => {
    const result = await runCli([...one, '--json', '--pause-before', 'lifecycle/bare-http2'], {
      stdin: 'pipe',
      started: (child) => child.stdin?.end('\n'),
    })
    expect(JSON.parse(result.stdout)).toMatchObject({ exitCode: 0 })
  })

  test('without anybody to press Enter is a usage error, and nothing is started', async () => {
    await using folder = await temporaryFolder()
    const result = await runCli([folder.path, '--pause-before', 'lifecycle/bare-http2'])
    expect(result).toMatchObject({ code: 2, stdout: '' })
    expect(result.stderr).toMatch(/press Enter for --pause-before; .*no terminal/)
  })

  test('ends as a usage error when stdin ends before Enter was pressed', async () => {
    const result = await runCli([...one, '--pause-before', 'lifecycle/bare-http2'], {
      stdin: 'pipe',
      started: (child) => child.stdin?.end(),
    })
    expect(result.code).toBe(2)
    expect(result.stderr).toContain('press Enter')
  })

  test('names the nearest case', async () => {
    const result = await runCli([...one, '--pause-before', 'lifecycle/bare-http'], {
      stdin: 'pipe',
      started: (child) => child.stdin?.end('\n'),
    })
    expect(result.code).toBe(2)
    expect(result.stderr).toContain('Did you mean lifecycle/bare-http2?')
  })
})
