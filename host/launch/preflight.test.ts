import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'

import { describe, expect, it } from 'vitest'

import { preflight } from './preflight.ts'
import { findingOf, findingsOf, manifest, name, program } from './preflight-folder.ts'
import { elfFile, machOFile, peFile } from './program-headers.ts'
import { resolveSubject } from './resolve-subject.ts'
import { temporaryFolder } from './temporary-folder.ts'

describe('a plugin that is built for every platform', () => {
  it('has no findings', async () => {
    expect(
      await findingsOf({
        [name]: program(elfFile()),
        gpx_demo_linux_arm64: program(elfFile({ machine: 183 })),
        gpx_demo_darwin_amd64: program(machOFile(0x01000007)),
        gpx_demo_darwin_arm64: program(machOFile(0x0100000c)),
        'gpx_demo_windows_amd64.exe': program(peFile(0x8664), 0o644),
      }),
    ).toEqual([])
  })
})

describe('an executable that the user named', () => {
  it('is compared with what Grafana would start', async () => {
    const finding = await findingOf(
      'wrong-name',
      { 'target/release/demo': program(elfFile()) },
      'target/release/demo',
    )
    expect(finding).toMatchObject({ spec: 'LIFE-001', fatal: false, fix: `Ship it as ${name}.` })
  })

  it('may belong to a plugin.json without backend, which is said', async () => {
    const entries = { 'plugin.json': manifest({ backend: false }), demo: program(elfFile()) }
    expect(await findingOf('without-backend', entries, 'demo')).toMatchObject({
      fatal: false,
      found: 'no "backend": true',
    })
  })
})

describe('an attached plugin', () => {
  it('listens on a socket that exists', async () => {
    await using folder = await temporaryFolder({ file: '' })
    await using server = createServer()
    server.listen(path.join(folder.path, 's'))
    await once(server, 'listening')
    const kinds = async (attach: string) =>
      (await preflight(await resolveSubject(undefined, { cwd: folder.path, attach }))).map(
        ({ found }) => found,
      )
    expect(await kinds(`unix:${folder.path}/s`)).toEqual([])
    expect(await kinds(`unix:${folder.path}/file`)).toEqual(['something that is no socket'])
    expect(await kinds(`unix:${folder.path}/absent`)).toEqual(['nothing there'])
    expect(await kinds('127.0.0.1:1')).toEqual([])
  })
})
