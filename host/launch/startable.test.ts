import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, readFile } from 'node:fs/promises'
import path from 'node:path'

import { describe, expect, it } from 'vitest'

import { preflight } from './preflight.ts'
import { findingOf, name, onLinuxAmd64, platform, program } from './preflight-folder.ts'
import { elfFile, machOFile } from './program-headers.ts'
import { resolveSubject } from './resolve-subject.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** What the system itself says when it is asked to start the file directly. */
async function startError(file: string): Promise<unknown> {
  const child = spawn(file, { stdio: 'ignore' })
  const [error] = await Promise.race([once(child, 'error'), once(child, 'exit')])
  return error instanceof Error && 'code' in error ? error.code : undefined
}

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
