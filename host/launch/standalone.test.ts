import { describe, expect, it } from 'vitest'

import { preflight } from './preflight.ts'
import { resolveSubject } from './resolve-subject.ts'
import { currentPlatform, executableName } from './platform.ts'
import { describeStandalone, findStandalone, refuseStandalone } from './standalone.ts'
import type { StandaloneServer } from './standalone.ts'
import { temporaryFolder } from './temporary-folder.ts'

const plugin = {
  'plugin.json': JSON.stringify({
    id: 'my-demo-datasource',
    type: 'datasource',
    backend: true,
    executable: 'gpx_demo',
  }),
  [executableName('gpx_demo', currentPlatform())]: { content: '#!/bin/sh\n', mode: 0o755 },
}

/** No process has this id: the kernel's limit is 2^22. */
const NOBODY = '4194999'

async function found(
  entries: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<StandaloneServer | undefined> {
  await using folder = await temporaryFolder({ ...plugin, ...entries })
  const subject = await resolveSubject(folder.path, { cwd: folder.path })
  return subject.kind === 'executable' ? findStandalone(subject, env) : undefined
}

describe('a plugin in standalone mode (LIFE-181)', () => {
  it('is found by its file, and by its process where that runs', async () => {
    expect(await found({ 'standalone.txt': ':42283' })).toMatchObject({
      namedBy: expect.stringMatching(/standalone\.txt$/) as string,
      address: ':42283',
      attach: '127.0.0.1:42283',
      pid: undefined,
      runs: true,
    })
    const alive = await found({ 'standalone.txt': ':42283\n', 'pid.txt': `${process.pid}` })
    expect(alive).toMatchObject({ pid: process.pid, runs: true })
    expect(await found({ 'standalone.txt': ':42283', 'pid.txt': NOBODY })).toMatchObject({ runs: false })
  })

  it('is found by its variable, which wins over the file unless it is empty', async () => {
    const file = { 'standalone.txt': ':1' }
    const variable = 'GF_PLUGIN_GRPC_ADDRESS_MY_DEMO_DATASOURCE'
    expect(await found(file, { [variable]: '127.0.0.1:2' })).toMatchObject({
      namedBy: variable,
      attach: '127.0.0.1:2',
    })
    expect(await found(file, { [variable]: '' })).toBeUndefined()
    expect(await found(file, { GF_PLUGIN_GRPC_ADDRESS_OTHER: ':3' })).toMatchObject({ address: ':1' })
  })

  it('is not seen where there is nothing, or an empty file', async () => {
    expect(await found({})).toBeUndefined()
    expect(await found({ 'standalone.txt': ' \n' })).toBeUndefined()
    expect(await found({ 'pid.txt': `${process.pid}` })).toBeUndefined()
  })

  it('is told about with the address to attach to', async () => {
    const alive = await found({ 'standalone.txt': ':42283', 'pid.txt': `${process.pid}` })
    const text = alive === undefined ? '' : describeStandalone(alive)
    expect(text).toMatch(/standalone mode: .*standalone\.txt names ":42283".*--attach 127\.0\.0\.1:42283/)
    const stale = await found({ 'standalone.txt': ':42283', 'pid.txt': NOBODY })
    expect(stale === undefined ? '' : describeStandalone(stale)).toContain('has ended')
    const odd = await found({ 'standalone.txt': 'x\u001B[2J' })
    const oddText = odd === undefined ? '' : describeStandalone(odd)
    for (const never of ['\u001B', '--attach']) expect(oddText).not.toContain(never)
  })

  it('is advised to be attached to by the finding about its file (LIFE-182)', async () => {
    await using folder = await temporaryFolder({
      ...plugin,
      'standalone.txt': ':42283',
      'pid.txt': `${process.pid}`,
    })
    const findings = await preflight(await resolveSubject(folder.path, { cwd: folder.path }))
    expect(findings.find(({ what }) => what.endsWith('standalone.txt'))?.fix).toContain(
      '--attach 127.0.0.1:42283',
    )
  })
})

it.each([['-standalone'], ['--standalone'], ['-standalone=true'], ['--standalone=1'], ['-STANDALONE']])(
  'refuses to start a plugin with %s (LIFE-181)',
  (arg) => {
    expect(() => refuseStandalone(['-v', arg])).toThrow(expect.objectContaining({ code: 'usage' }))
  },
)

it('lets other arguments pass', () => {
  expect(() => refuseStandalone(['standalone', '-standalone=false', '--standalonex', '-s'])).not.toThrow()
})
