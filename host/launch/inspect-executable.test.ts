import { realpath } from 'node:fs/promises'
import path from 'node:path'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { ExecutableFormat } from './executable-format.ts'
import { inspectExecutable } from './inspect-executable.ts'
import { currentPlatform } from './platform.ts'
import { elfFile, machOFile, peFile } from './program-headers.ts'
import { temporaryFolder } from './temporary-folder.ts'

const onLinux = process.platform === 'linux'

async function formatOf(content: string | Buffer): Promise<ExecutableFormat> {
  await using folder = await temporaryFolder({ program: content })
  return (await inspectExecutable(path.join(folder.path, 'program'))).format
}

describe('a real program', () => {
  it.runIf(onLinux)('is recognised with its processor, loader and libraries', async () => {
    const inspection = await inspectExecutable('/bin/true')
    expect(inspection).toMatchObject({ exists: true, executable: true, mode: 0o755 })
    expect(inspection.format).toMatchObject({
      kind: 'elf',
      machine: currentPlatform().arch,
      interpreterExists: true,
    })
  })

  it('is recognised when it is the Node that runs this test', async () => {
    const { format } = await inspectExecutable(await realpath(process.execPath))
    expect(['elf', 'mach-o', 'pe']).toContain(format.kind)
    if (format.kind === 'elf') expect(format.needed).toContain('libc.so.6')
  })
})

describe('an ELF file', () => {
  it.each([
    [{ machine: 62 }, 'amd64', 64],
    [{ machine: 183 }, 'arm64', 64],
    [{ machine: 40, bits: 32 as const }, 'arm', 32],
    [{ machine: 3, bits: 32 as const }, '386', 32],
    [{ machine: 22, bigEndian: true }, 's390x', 64],
    [{ machine: 21 }, 'ppc64le', 64],
    [{ machine: 8, bits: 32 as const, bigEndian: true }, 'mips', 32],
    [{ machine: 9999 }, 'unknown-9999', 64],
  ])('for %j is named as Go names it', async (options, machine, bits) => {
    expect(await formatOf(elfFile(options))).toEqual({ kind: 'elf', machine, bits, needed: [], searched: [] })
  })

  it.each([
    { bits: 64 as const },
    { bits: 32 as const, machine: 40 },
    { bits: 64 as const, machine: 22, bigEndian: true },
  ])('with %j tells its loader and libraries', async (options) => {
    const dynamic = { interpreter: '/lib/ld-that-is-not-there.so.1', needed: ['libone.so.1', 'libtwo.so.2'] }
    expect(await formatOf(elfFile({ ...options, ...dynamic }))).toMatchObject({
      ...dynamic,
      interpreterExists: false,
    })
  })

  it('that is an object file or cut short is no program', async () => {
    expect(await formatOf(elfFile({ type: 1 }))).toMatchObject({ kind: 'unknown' })
    expect(await formatOf(elfFile().subarray(0, 40))).toMatchObject({
      kind: 'unknown',
      firstBytes: expect.stringMatching(/^7f 45/) as string,
    })
  })
})

describe('programs of other systems', () => {
  it('are recognised with their processors', async () => {
    expect(await formatOf(machOFile(0x0100000c))).toEqual({ kind: 'mach-o', machines: ['arm64'] })
    expect(await formatOf(machOFile(0x01000007, 0x0100000c))).toEqual({
      kind: 'mach-o',
      machines: ['amd64', 'arm64'],
    })
    expect(await formatOf(peFile(0x8664))).toEqual({ kind: 'pe', machine: 'amd64' })
  })

  it('are not mistaken for Java classes or DOS programs', async () => {
    expect(await formatOf(Buffer.from('cafebabe00000034001d0a', 'hex'))).toMatchObject({ kind: 'unknown' })
    expect(await formatOf(`MZ${' '.repeat(100)}`)).toMatchObject({ kind: 'unknown' })
  })
})

describe('a script', () => {
  it('names its interpreter, its one argument, and whether PATH decides', async () => {
    expect(await formatOf('#!/bin/sh\nexit 0\n')).toEqual({
      kind: 'script',
      interpreter: '/bin/sh',
      interpreterExists: !onLinux || (await inspectExecutable('/bin/sh')).exists,
      usesPath: false,
    })
    expect(await formatOf('#! /usr/bin/env  -S node --x \n')).toMatchObject({
      interpreter: '/usr/bin/env',
      argument: '-S node --x',
      usesPath: true,
    })
  })

  it('keeps a carriage return, which the system takes for a part of the name', async () => {
    expect(await formatOf('#!/bin/sh\r\n')).toMatchObject({
      interpreter: '/bin/sh\r',
      interpreterExists: false,
    })
    expect(await formatOf('#!/usr/bin/env node\r\n')).toMatchObject({ argument: 'node\r' })
  })

  it('has no interpreter when the line is empty or the name is relative', async () => {
    expect(await formatOf('#!\n')).toMatchObject({ kind: 'unknown' })
    expect(await formatOf('#!sh\n')).toMatchObject({ kind: 'script', interpreterExists: false })
  })
})

describe('anything else', () => {
  it('is described by its first bytes', async () => {
    expect(await formatOf('')).toEqual({ kind: 'empty' })
    expect(await formatOf('echo hello\n')).toEqual({
      kind: 'unknown',
      firstBytes: String.raw`"echo hello\n"`,
    })
    expect(await formatOf(Buffer.from([0, 1, 255]))).toEqual({ kind: 'unknown', firstBytes: '00 01 ff' })
  })

  it('may be absent or a folder', async () => {
    await using folder = await temporaryFolder()
    expect(await inspectExecutable(path.join(folder.path, 'x'))).toMatchObject({
      exists: false,
      mode: undefined,
    })
    expect(await inspectExecutable(folder.path)).toMatchObject({ exists: true, executable: false })
  })

  it('shows its mode', async () => {
    await using folder = await temporaryFolder({ x: { content: 'x', mode: 0o640 } })
    expect(await inspectExecutable(path.join(folder.path, 'x'))).toMatchObject({
      mode: 0o640,
      executable: false,
    })
  })

  it('never makes the inspection throw or read far, however damaged its headers are', async () => {
    const whole = elfFile({ interpreter: '/lib/ld.so', needed: ['libone.so.1'] })
    const damage = fc.array(fc.tuple(fc.nat(1200), fc.integer({ min: 0, max: 255 })), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(whole.length), async (changes, length) => {
        const bytes = Buffer.from(whole)
        for (const [at, value] of changes) bytes[at] = value
        expect((await formatOf(bytes.subarray(0, length))).kind).toMatch(
          /^(?:elf|unknown|empty|script|pe|mach-o)$/,
        )
      }),
      { numRuns: 300 },
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('#!', 'MZ', '\u007fELF', '\u00ca\u00fe\u00ba\u00be', ''),
        fc.uint8Array(),
        async (magic, rest) => {
          const bytes = Buffer.concat([Buffer.from(magic, 'latin1'), rest])
          expect((await formatOf(bytes)).kind).not.toBe('unreadable')
        },
      ),
    )
  })
})
