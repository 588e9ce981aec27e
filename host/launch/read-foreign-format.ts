import type { ExecutableFormat } from './executable-format.ts'
import type { ReadAt } from './read-elf.ts'

/** Recognises a macOS program and the processors it is for (mach-o/loader.h, mach-o/fat.h). */
export async function readMachO(readAt: ReadAt): Promise<ExecutableFormat | undefined> {
  const head = await readAt(0, 8)
  if (head.length < 8) return undefined
  const magic = head.readUInt32BE(0)
  if (magic === 0xcefaedfe || magic === 0xcffaedfe) return machO([head.readUInt32LE(4)])
  if (magic === 0xfeedface || magic === 0xfeedfacf) return machO([head.readUInt32BE(4)])
  // Java classes begin with the same four bytes; their version, which comes next, starts at 45.
  const count = head.readUInt32BE(4)
  if ((magic !== 0xcafebabe && magic !== 0xcafebabf) || count === 0 || count > 40) return undefined
  const entry = magic === 0xcafebabe ? 20 : 32
  const table = await readAt(8, count * entry)
  const types = Array.from({ length: Math.floor(table.length / entry) }, (_, index) =>
    table.readUInt32BE(index * entry),
  )
  return types.length === 0 ? undefined : machO(types)
}

/** Recognises a Windows program and its processor (PE format, Microsoft: IMAGE_FILE_MACHINE_*). */
export async function readPe(readAt: ReadAt): Promise<ExecutableFormat | undefined> {
  const head = await readAt(0, 64)
  if (head.length < 64 || head.toString('latin1', 0, 2) !== 'MZ') return undefined
  const signature = await readAt(head.readUInt32LE(60), 6)
  if (signature.length < 6 || signature.toString('latin1', 0, 4) !== 'PE\0\0') return undefined
  const machine = signature.readUInt16LE(4)
  return { kind: 'pe', machine: peMachines[machine] ?? `unknown-${machine}` }
}

function machO(cpuTypes: readonly number[]): ExecutableFormat {
  const machines = cpuTypes.map((type) => cpuNames[type] ?? `unknown-${type}`)
  return { kind: 'mach-o', machines: [...new Set(machines)] }
}

const cpuNames: Readonly<Record<number, string>> = {
  0x00000007: '386',
  0x01000007: 'amd64',
  0x0000000c: 'arm',
  0x0100000c: 'arm64',
  0x00000012: 'ppc',
  0x01000012: 'ppc64',
}

const peMachines: Readonly<Record<number, string>> = {
  0x014c: '386',
  0x8664: 'amd64',
  0x01c4: 'arm',
  0xaa64: 'arm64',
}
