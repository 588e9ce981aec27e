import type { ElfFormat } from './executable-format.ts'

/** Reads up to `length` bytes at an offset; shorter, or empty, where the file ends. */
export type ReadAt = (offset: number, length: number) => Promise<Buffer>

/**
 * Reads what decides whether Linux can start an ELF file: processor, dynamic loader, needed libraries.
 *
 * Believes no number in the file before comparing it to a bound, and leaves out what can't be read; `undefined` when even
 * the header is no good (elf(5)).
 */
export async function readElf(readAt: ReadAt): Promise<Omit<ElfFormat, 'interpreterExists'> | undefined> {
  const header = await readAt(0, 64)
  const bits = header[4] === 2 ? 64 : 32
  const endian = header[5] === 1 ? 'little' : 'big'
  if (
    header.length < (bits === 64 ? 64 : 52) ||
    ![1, 2].includes(header[4] ?? 0) ||
    ![1, 2].includes(header[5] ?? 0)
  ) {
    return undefined
  }
  const view: View = { bits, little: endian === 'little' }
  const type = word(view, header, 16, 2)
  if (type !== ET_EXEC && type !== ET_DYN) return undefined
  const machine = machineName(word(view, header, 18, 2), view)
  const segments = await programHeaders(view, header, readAt)
  const interpreter = await interpreterOf(segments, readAt)
  const { needed, searched } = await dynamicNames(view, segments, readAt)
  return {
    kind: 'elf',
    machine,
    bits,
    needed,
    searched,
    ...(interpreter === undefined ? {} : { interpreter }),
  }
}

/** Programs; position-independent programs share their type with libraries. */
const ET_EXEC = 2
const ET_DYN = 3

const PT_LOAD = 1
const PT_DYNAMIC = 2
const PT_INTERP = 3
const DT_NULL = 0
const DT_NEEDED = 1
const DT_STRTAB = 5
const DT_RPATH = 15
const DT_RUNPATH = 29

/** Real programs have about ten segments, fifty libraries and forty dynamic entries; these bounds are far above. */
const SEGMENT_LIMIT = 256
const DYNAMIC_BYTES = 65_536
const NEEDED_LIMIT = 256
/** The longest path that the kernel takes (PATH_MAX). */
const NAME_BYTES = 4096

interface View {
  readonly bits: 32 | 64
  readonly little: boolean
}

interface Segment {
  readonly type: number
  readonly offset: number
  readonly address: number
  readonly size: number
}

async function programHeaders(view: View, header: Buffer, readAt: ReadAt): Promise<readonly Segment[]> {
  const wide = view.bits === 64
  const start = word(view, header, wide ? 32 : 28, wide ? 8 : 4)
  const size = word(view, header, wide ? 54 : 42, 2)
  const count = Math.min(word(view, header, wide ? 56 : 44, 2), SEGMENT_LIMIT)
  if (size !== (wide ? 56 : 32)) return []
  const table = await readAt(start, size * count)
  return Array.from({ length: Math.floor(table.length / size) }, (_, index) => {
    const at = index * size
    if (!wide) {
      const [offset, address, fileSize] = [4, 8, 16].map((field) => word(view, table, at + field, 4))
      return {
        type: word(view, table, at, 4),
        offset: offset ?? 0,
        address: address ?? 0,
        size: fileSize ?? 0,
      }
    }
    const [offset, address, fileSize] = [8, 16, 32].map((field) => word(view, table, at + field, 8))
    return { type: word(view, table, at, 4), offset: offset ?? 0, address: address ?? 0, size: fileSize ?? 0 }
  })
}

async function interpreterOf(segments: readonly Segment[], readAt: ReadAt): Promise<string | undefined> {
  const segment = segments.find((candidate) => candidate.type === PT_INTERP)
  if (segment === undefined) return undefined
  const bytes = await readAt(segment.offset, Math.min(segment.size, NAME_BYTES))
  return untilZero(bytes)
}

/** The names in the dynamic section: needed libraries, and the folders to look for them in. */
async function dynamicNames(
  view: View,
  segments: readonly Segment[],
  readAt: ReadAt,
): Promise<{ readonly needed: readonly string[]; readonly searched: readonly string[] }> {
  const dynamic = segments.find((segment) => segment.type === PT_DYNAMIC)
  if (dynamic === undefined) return { needed: [], searched: [] }
  const bytes = await readAt(dynamic.offset, Math.min(dynamic.size, DYNAMIC_BYTES))
  const width = view.bits / 8
  const nameOffsets: number[] = []
  const pathOffsets: number[] = []
  let stringsAddress: number | undefined
  for (let at = 0; at + 2 * width <= bytes.length; at += 2 * width) {
    const tag = word(view, bytes, at, width)
    const value = word(view, bytes, at + width, width)
    if (tag === DT_NULL) break
    if (tag === DT_NEEDED && nameOffsets.length < NEEDED_LIMIT) nameOffsets.push(value)
    if ((tag === DT_RPATH || tag === DT_RUNPATH) && pathOffsets.length < 2) pathOffsets.push(value)
    if (tag === DT_STRTAB) stringsAddress = value
  }
  const strings = stringsAddress === undefined ? undefined : fileOffset(segments, stringsAddress)
  if (strings === undefined) return { needed: [], searched: [] }
  const textsAt = async (offsets: readonly number[]): Promise<readonly string[]> => {
    const texts: string[] = []
    for (const offset of offsets) {
      const text = untilZero(await readAt(strings + offset, NAME_BYTES))
      if (text !== undefined) texts.push(text)
    }
    return texts
  }
  const paths = await textsAt(pathOffsets)
  return { needed: await textsAt(nameOffsets), searched: paths.flatMap((path) => path.split(':')) }
}

/** Where in the file the byte lies that is mapped to an address. */
function fileOffset(segments: readonly Segment[], address: number): number | undefined {
  const holder = segments.find(
    ({ type, address: start, size }) => type === PT_LOAD && address >= start && address < start + size,
  )
  return holder === undefined ? undefined : address - holder.address + holder.offset
}

function untilZero(bytes: Buffer): string | undefined {
  const end = bytes.indexOf(0)
  return end < 1 ? undefined : bytes.toString('utf8', 0, end)
}

/** An unsigned number of 2, 4 or 8 bytes; zero where the bytes end, which every caller treats as absent. */
function word(view: View, bytes: Buffer, at: number, size: number): number {
  if (at + size > bytes.length) return 0
  if (size === 8) return Number(view.little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at))
  return view.little ? bytes.readUIntLE(at, size) : bytes.readUIntBE(at, size)
}

/** Go's name for an `e_machine` (elf.h `EM_*`; golang/go:src/debug/elf/elf.go). */
function machineName(machine: number, view: View): string {
  const wide = view.bits === 64
  switch (machine) {
    case 3:
      return '386'
    case 8:
      return `mips${wide ? '64' : ''}${view.little ? 'le' : ''}`
    case 20:
      return 'ppc'
    case 21:
      return `ppc64${view.little ? 'le' : ''}`
    case 22:
      return wide ? 's390x' : 's390'
    case 40:
      return 'arm'
    case 62:
      return 'amd64'
    case 183:
      return 'arm64'
    case 243:
      return wide ? 'riscv64' : 'riscv'
    case 258:
      return 'loong64'
    default:
      return `unknown-${machine}`
  }
}
