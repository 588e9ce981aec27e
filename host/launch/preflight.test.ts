import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'

import { describe, expect, it } from 'vitest'

import { currentPlatform, executableName } from './platform.ts'
import { preflight } from './preflight.ts'
import type { PreflightFinding, PreflightFindingKind } from './preflight.ts'
import { elfFile, machOFile, peFile } from './program-headers.ts'
import { resolveSubject } from './resolve-subject.ts'
import type { Entry } from './temporary-folder.ts'
import { temporaryFolder } from './temporary-folder.ts'

const platform = { os: 'linux', arch: 'amd64' }
const onLinuxAmd64 = executableName('', currentPlatform()) === '_linux_amd64'
const name = 'gpx_demo_linux_amd64'

const manifest = (more: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ id: 'demo', type: 'datasource', backend: true, executable: 'gpx_demo', ...more })

const program = (content: string | Buffer, mode = 0o755): Entry => ({ content, mode })

/** Findings of a folder with these files beside a plugin.json, paths within it made relative. */
async function findingsOf(
  entries: Readonly<Record<string, Entry>>,
  typed = '.',
): Promise<readonly PreflightFinding[]> {
  await using folder = await temporaryFolder({ 'plugin.json': manifest(), ...entries })
  const findings = await preflight(await resolveSubject(typed, { cwd: folder.path, platform }), platform)
  const text = JSON.stringify(findings).replaceAll(`${folder.path}/`, '')
  return JSON.parse(text) as readonly PreflightFinding[]
}

async function findingOf(
  kind: PreflightFindingKind,
  entries: Readonly<Record<string, Entry>>,
  typed = '.',
): Promise<PreflightFinding | undefined> {
  return (await findingsOf(entries, typed)).find((finding) => finding.kind === kind)
}

/** What the system itself says when it is asked to start the file directly. */
async function startError(file: string): Promise<unknown> {
  const child = spawn(file, { stdio: 'ignore' })
  const [error] = await Promise.race([once(child, 'error'), once(child, 'exit')])
  return error instanceof Error && 'code' in error ? error.code : undefined
}

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

describe('a missing executable', () => {
  it('is reported with what Grafana would log', async () => {
    expect(await findingOf('missing', {})).toEqual({
      spec: 'LIFE-002',
      kind: 'missing',
      fatal: true,
      what: name,
      expected: `the file ${name}, because Grafana appends _<os>_<arch> to "executable" of plugin.json`,
      found: expect.stringContaining('which holds plugin.json') as string,
      fix: `Build the plugin for linux/amd64 as ${name} (Go SDK: mage build:linux).`,
      grafanaLog: `fork/exec ${name}: no such file or directory`,
    })
  })

  it('is explained by the bare name', async () => {
    expect(await findingOf('missing', { gpx_demo: program(elfFile()) })).toMatchObject({
      found: 'gpx_demo (ELF amd64, 0755)',
      fix: `Rename gpx_demo to ${name}; the bare name is never started.`,
    })
  })

  it('is explained by the other platforms, each with its real architecture and mode', async () => {
    const finding = await findingOf('missing', {
      gpx_demo_linux_arm64: program(elfFile({ machine: 183 })),
      gpx_demo_darwin_arm64: program(machOFile(0x0100000c), 0o644),
    })
    expect(finding?.found).toBe(
      'gpx_demo_darwin_arm64 (Mach-O arm64, 0644), gpx_demo_linux_arm64 (ELF arm64, 0755)',
    )
    expect(finding?.fix).toContain('Build the plugin for linux/amd64')
  })

  it('is explained by a folder per platform, a misspelt name, or a suffix in plugin.json', async () => {
    const inFolder = await findingOf('missing', { 'linux_amd64/gpx_demo': program('') })
    expect(inFolder?.fix).toBe(
      `Move linux_amd64/gpx_demo to ${name}; subfolders by platform are not looked into.`,
    )
    const misspelt = await findingOf('missing', { gpx_dmeo_linux_amd64: program('') })
    expect(misspelt?.fix).toContain(`Is it gpx_dmeo_linux_amd64? Rename it to ${name}`)
    const suffixed = await findingOf('missing', {
      'plugin.json': manifest({ executable: name }),
      [name]: program(''),
    })
    expect(suffixed?.fix).toBe('Take the suffix out of plugin.json: "executable": "gpx_demo".')
  })

  it('may be missing together with its folder', async () => {
    const finding = await findingOf('missing', { 'plugin.json': manifest({ executable: 'bin/gpx_demo' }) })
    expect(finding).toMatchObject({ what: `bin/${name}`, found: 'no folder bin' })
  })
})

describe('a file that the system refuses to start', () => {
  it.runIf(onLinuxAmd64)('is refused by the system itself for the reason that was found', async () => {
    await using folder = await temporaryFolder({
      'no-permission': program('#!/bin/sh\n', 0o644),
      'no-interpreter': program('#!/no/such/interpreter\n'),
      'carriage-return': program('#!/bin/sh\r\n'),
      'no-loader': program(elfFile({ interpreter: '/lib/ld-musl-that-is-not-here.so.1' })),
    })
    const reasons = { 'permission denied': 'EACCES', 'no such file or directory': 'ENOENT' }
    const expected = [
      ['no-permission', 'permission denied'],
      ['no-interpreter', 'no such file or directory'],
      ['carriage-return', 'no such file or directory'],
      ['no-loader', 'no such file or directory'],
    ] as const
    for (const [file, reason] of expected) {
      const subject = await resolveSubject(file, { cwd: folder.path, platform })
      const absolute = path.join(folder.path, file)
      expect((await preflight(subject, platform))[0]).toMatchObject({
        fatal: true,
        grafanaLog: `fork/exec ${absolute}: ${reason}`,
      })
      if (file !== 'no-loader') expect(await startError(absolute)).toBe(reasons[reason])
    }
  })

  it('lacks permission', async () => {
    expect(await findingOf('not-executable', { [name]: program(elfFile(), 0o644) })).toMatchObject({
      spec: 'LIFE-003',
      fatal: true,
      found: 'mode 0644',
      fix: `chmod 755 ${name}`,
      grafanaLog: `fork/exec ${name}: permission denied`,
    })
  })

  it('is a folder', async () => {
    expect(await findingOf('not-executable', { [name]: null })).toMatchObject({ found: 'a folder' })
  })

  it('is for another processor or another system', async () => {
    expect(
      await findingOf('wrong-architecture', { [name]: program(elfFile({ machine: 22, bigEndian: true })) }),
    ).toMatchObject({
      fatal: true,
      expected: 'a program for linux/amd64',
      found: 'ELF s390x',
      grafanaLog: `fork/exec ${name}: exec format error`,
    })
    const darwin = { [name]: program(elfFile()), gpx_demo_darwin_arm64: program(machOFile(0x0100000c)) }
    expect(await findingOf('wrong-architecture', darwin, 'gpx_demo_darwin_arm64')).toMatchObject({
      found: 'Mach-O arm64',
      fix: `Use ${name}.`,
    })
  })

  it('is no program at all', async () => {
    expect(await findingOf('unknown-format', { [name]: program('echo hello\n') })).toMatchObject({
      fatal: true,
      found: String.raw`no program, begins with "echo hello\n"`,
      fix: 'If it is a script, begin it with a line such as #!/bin/sh.',
      grafanaLog: `fork/exec ${name}: exec format error`,
    })
    expect(await findingOf('unknown-format', { [name]: program('') })).toMatchObject({ found: 'empty file' })
    const pointer = program('version https://git-lfs.github.com/spec/v1\noid sha256:0')
    expect((await findingOf('unknown-format', { [name]: pointer }))?.fix).toContain('git lfs pull')
  })

  it('has Windows line ends or too many words for env', async () => {
    const carriageReturn = await findingOf('missing-interpreter', {
      [name]: program('#!/usr/bin/env node\r\n'),
    })
    expect(carriageReturn?.found).toContain('carriage return')
    const words = await findingOf('missing-interpreter', {
      [name]: program('#!/usr/bin/env node --inspect\n'),
    })
    expect(words).toMatchObject({ fatal: true, fix: expect.stringContaining('-S node --inspect') as string })
    const relative = await findingOf('missing-interpreter', { [name]: program('#!node\n') })
    expect(relative?.fix).toBe('Write its absolute path.')
  })
})

describe('a file that starts here but not everywhere', () => {
  it('runs in the 32-bit mode of the processor', async () => {
    const finding = await findingOf('wrong-architecture', {
      [name]: program(elfFile({ machine: 3, bits: 32 })),
    })
    expect(finding).toMatchObject({ fatal: false, found: 'ELF 386' })
    expect(finding).not.toHaveProperty('grafanaLog')
  })

  it('finds its interpreter along PATH', async () => {
    expect(
      await findingOf('interpreter-on-path', { [name]: program('#!/usr/bin/env node\n') }),
    ).toMatchObject({
      fatal: false,
      found: '#!/usr/bin/env node',
    })
    expect(await findingOf('interpreter-on-path', { [name]: program('#!/bin/sh\n') })).toBeUndefined()
  })

  it.runIf(onLinuxAmd64)('needs glibc, like a program of this machine', async () => {
    await using folder = await temporaryFolder()
    const file = path.join(folder.path, 'program')
    await copyFile('/bin/true', file)
    const findings = await preflight(await resolveSubject('program', { cwd: folder.path }))
    const usesGlibc = (await readFile(file, 'latin1')).includes('/ld-linux-')
    expect(findings.map(({ kind, fatal }) => ({ kind, fatal }))).toEqual(
      usesGlibc ? [{ kind: 'glibc', fatal: false }] : [],
    )
  })
})

describe('what is shipped beside the executable', () => {
  const good = { [name]: program(elfFile()) }

  it('has mode 0755, Windows programs aside', async () => {
    const findings = await findingsOf({
      [name]: program(elfFile(), 0o775),
      gpx_demo_helper: program('x', 0o644),
      'gpx_demo_windows_amd64.exe': program(peFile(0x8664), 0o644),
      'module.js': program('', 0o644),
    })
    expect(findings.filter(({ kind }) => kind === 'mode')).toMatchObject([
      { spec: 'LIFE-004', fatal: false, what: 'gpx_demo_helper', found: 'mode 0644' },
      { spec: 'LIFE-004', fatal: false, what: name, found: 'mode 0775' },
    ])
  })

  it('is for the platform in its name', async () => {
    const finding = await findingOf('wrong-architecture', {
      ...good,
      gpx_demo_linux_arm64: program(elfFile()),
    })
    expect(finding).toMatchObject({ fatal: false, what: 'gpx_demo_linux_arm64', found: 'ELF amd64' })
  })

  it('may lack platforms, which are listed', async () => {
    const finding = await findingOf('missing-platform', good)
    expect(finding).toMatchObject({
      fatal: false,
      found: expect.stringContaining('gpx_demo_windows_amd64.exe') as string,
    })
  })

  it('has no traces of a debugging session', async () => {
    const findings = await findingsOf({ ...good, 'standalone.txt': ':42283', 'pid.txt': '4711' })
    expect(findings.filter(({ kind }) => kind === 'debug-file')).toMatchObject([
      {
        spec: 'LIFE-182',
        fatal: false,
        what: 'standalone.txt',
        found: expect.stringContaining('":42283"; ') as string,
      },
      { spec: 'LIFE-182', fatal: false, what: 'pid.txt', found: '"4711"' },
    ])
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
