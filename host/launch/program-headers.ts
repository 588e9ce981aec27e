/** What a test wants in a hand-made ELF file. */
export interface ElfOptions {
  /** `e_machine`; default 62, amd64. */
  readonly machine?: number
  readonly bits?: 32 | 64
  readonly bigEndian?: boolean
  /** `e_type`; default 2, a program. */
  readonly type?: number
  readonly interpreter?: string
  readonly needed?: readonly string[]
}

/** Writes the headers of an ELF file for a test: complete enough to be inspected, without any code. */
export function elfFile(options: ElfOptions = {}): Buffer {
  const { machine = 62, bits = 64, bigEndian = false, type = 2, interpreter, needed = [] } = options
  const wide = bits === 64
  const width = bits / 8
  const file = Buffer.alloc(4096)
  const put = (at: number, size: number, value: number) => {
    if (size === 8) put(bigEndian ? at + 4 : at, 4, value)
    else if (bigEndian) file.writeUIntBE(value, at, size)
    else file.writeUIntLE(value, at, size)
  }
  file.write('\u007fELF', 0, 'latin1')
  file.set([wide ? 2 : 1, bigEndian ? 2 : 1, 1], 4)
  put(16, 2, type)
  put(18, 2, machine)
  const table = wide ? 64 : 52
  const entry = wide ? 56 : 32
  put(wide ? 32 : 28, width, table)
  put(wide ? 54 : 42, 2, entry)
  const segment = (index: number, kind: number, offset: number, size: number) => {
    const at = table + index * entry
    put(at, 4, kind)
    put(at + (wide ? 8 : 4), width, offset)
    put(at + (wide ? 16 : 8), width, offset + BASE_ADDRESS)
    put(at + (wide ? 32 : 16), width, size)
  }
  segment(0, 1, 0, file.length)
  put(wide ? 56 : 44, 2, interpreter === undefined ? 2 : 3)
  const strings = 2048
  const dynamic = 1024
  let next = 1
  const entries = needed.map((name) => {
    file.write(name, strings + next, 'latin1')
    next += name.length + 1
    return [1, next - name.length - 1]
  })
  for (const [index, [tag = 0, value = 0]] of [...entries, [5, strings + BASE_ADDRESS], [0, 0]].entries()) {
    put(dynamic + index * 2 * width, width, tag)
    put(dynamic + index * 2 * width + width, width, value)
  }
  segment(1, 2, dynamic, (entries.length + 2) * 2 * width)
  if (interpreter !== undefined) {
    file.write(interpreter, 512, 'latin1')
    segment(2, 3, 512, interpreter.length + 1)
  }
  return file
}

/** Writes the header of a macOS program for a test: thin for one processor, universal for several. */
export function machOFile(...cpuTypes: readonly number[]): Buffer {
  const file = Buffer.alloc(512)
  const [first = 0] = cpuTypes
  if (cpuTypes.length === 1) {
    file.writeUInt32LE(0xfeedfacf, 0)
    file.writeUInt32LE(first, 4)
    return file
  }
  file.writeUInt32BE(0xcafebabe, 0)
  file.writeUInt32BE(cpuTypes.length, 4)
  for (const [index, type] of cpuTypes.entries()) file.writeUInt32BE(type, 8 + index * 20)
  return file
}

/** Writes the header of a Windows program for a test. */
export function peFile(machine: number): Buffer {
  const file = Buffer.alloc(512)
  file.write('MZ', 0, 'latin1')
  file.writeUInt32LE(128, 60)
  file.write('PE\0\0', 128, 'latin1')
  file.writeUInt16LE(machine, 132)
  return file
}

/** Where hand-made ELF files are mapped; anything but zero, so that addresses and offsets differ. */
const BASE_ADDRESS = 0x400000
