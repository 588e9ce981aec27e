import { readFile, stat } from 'node:fs/promises'
import type { Stats } from 'node:fs'

import type { ExecutableFormat } from './executable-format.ts'
import { inspectExecutable } from './inspect-executable.ts'
import { currentPlatform } from './platform.ts'

/**
 * The hint and the notes about the file that go-plugin appends to "Unrecognized remote plugin message" (LIFE-066).
 *
 * Source: hashicorp/go-plugin:internal/cmdrunner/cmd_runner.go, notes_unix.go. Windows has mode and architecture alone.
 */
export async function executableNotes(file: string): Promise<string> {
  const stats = await stat(file).catch(() => undefined)
  return stats === undefined ? HINT : `${HINT}${await notesAbout(file, stats)}`
}

const HINT = `This usually means
  the plugin was not compiled for this architecture,
  the plugin is missing dynamic-link libraries necessary to run,
  the plugin is not executable by this process due to file permissions, or
  the plugin failed to negotiate the initial go-plugin protocol handshake
`

async function notesAbout(file: string, stats: Stats): Promise<string> {
  const architecture = architectureNote((await inspectExecutable(file)).format)
  const notes = [
    `Path: ${file}`,
    `Mode: ${modeText(stats)}`,
    ...(process.getuid === undefined
      ? []
      : await ownerNotes(stats, process.getuid(), process.getgid?.() ?? 0)),
    ...(architecture === undefined
      ? []
      : [`${architecture} (current architecture: ${currentPlatform().arch})`]),
  ]
  return `\nAdditional notes about plugin:\n${notes.map((note) => `  ${note}\n`).join('')}`
}

async function ownerNotes(stats: Stats, uid: number, gid: number): Promise<readonly string[]> {
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const groups = await readFile('/etc/group', 'utf8').catch(() => '')
  return [
    `Owner: ${stats.uid} [${nameOf(users, stats.uid)}] (current: ${uid} [${nameOf(users, uid)}])`,
    `Group: ${stats.gid} [${nameOf(groups, stats.gid)}] (current: ${gid} [${nameOf(groups, gid)}])`,
  ]
}

/** Both files have the name in the first field and the number in the third (passwd(5), group(5)). */
function nameOf(table: string, id: number): string {
  const row = table.split('\n').find((line) => line.split(':')[2] === String(id))
  return row?.split(':')[0] ?? '?'
}

/** Go's `FileMode.String`: special bits as letters in front, then three times three. */
function modeText(stats: Stats): string {
  const letters: ReadonlyArray<readonly [bit: number, letter: string]> = [
    [0o4000, 'u'],
    [0o2000, 'g'],
    [0o1000, 't'],
  ]
  const special = letters.filter(([bit]) => (stats.mode & bit) !== 0).map(([, letter]) => letter)
  const front = stats.isDirectory() ? ['d', ...special] : special
  const bits = 'rwxrwxrwx'
    .split('')
    .map((letter, index) => ((stats.mode & (0o400 >> index)) === 0 ? '-' : letter))
  return `${front.length === 0 ? '-' : front.join('')}${bits.join('')}`
}

function architectureNote(format: ExecutableFormat): string | undefined {
  if (format.kind === 'elf') return `ELF architecture: ${elfNames[format.machine] ?? format.machine}`
  if (format.kind === 'pe') return `PE architecture: ${format.machine}`
  if (format.kind === 'mach-o' && format.machines.length === 1)
    return `MachO architecture: ${machNames[format.machines[0] ?? ''] ?? format.machines[0]}`
  return undefined
}

/** Go's names in debug/elf (golang/go:src/debug/elf/elf.go). */
const elfNames: Readonly<Record<string, string>> = {
  amd64: 'EM_X86_64',
  arm64: 'EM_AARCH64',
  '386': 'EM_386',
  arm: 'EM_ARM',
  s390x: 'EM_S390',
  ppc64: 'EM_PPC64',
  ppc64le: 'EM_PPC64',
  riscv64: 'EM_RISCV',
  loong64: 'EM_LOONGARCH',
}

/** Go's names in debug/macho (golang/go:src/debug/macho/macho.go). */
const machNames: Readonly<Record<string, string>> = { amd64: 'CpuAmd64', arm64: 'CpuArm64', '386': 'Cpu386' }
