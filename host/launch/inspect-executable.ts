import { access, constants, open, stat } from 'node:fs/promises'
import path from 'node:path'

import type { ExecutableFormat, ScriptFormat } from './executable-format.ts'
import { readElf } from './read-elf.ts'
import type { ReadAt } from './read-elf.ts'
import { readMachO, readPe } from './read-foreign-format.ts'

/** What can be known of a program file without starting it. */
export interface ExecutableInspection {
  readonly path: string
  /** Whether anything is there; a folder counts. */
  readonly exists: boolean
  /** Permission bits, such as 0o755; `undefined` when nothing is there and on Windows, which has none. */
  readonly mode: number | undefined
  /** Whether the system would let this process run it; a `noexec` mount counts as no. */
  readonly executable: boolean
  readonly format: ExecutableFormat
}

/** Looks at a file's permissions and headers; never throws, whatever the file holds. */
export async function inspectExecutable(file: string): Promise<ExecutableInspection> {
  const stats = await stat(file).catch(() => undefined)
  if (stats === undefined) {
    return {
      path: file,
      exists: false,
      mode: undefined,
      executable: false,
      format: unreadable('no such file'),
    }
  }
  const mode = process.platform === 'win32' ? undefined : stats.mode & 0o7777
  if (!stats.isFile()) {
    const because = stats.isDirectory() ? 'a folder' : 'not a regular file'
    return { path: file, exists: true, mode, executable: false, format: unreadable(because) }
  }
  const executable = await access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
  const format = await readFormat(file).catch(() => unreadable('not readable'))
  return { path: file, exists: true, mode, executable, format }
}

async function readFormat(file: string): Promise<ExecutableFormat> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    return await formatOf(async (offset, length) => {
      const available = Math.min(length, size - offset)
      if (!(offset >= 0 && available > 0)) return Buffer.alloc(0)
      const buffer = Buffer.alloc(available)
      const { bytesRead } = await handle.read(buffer, 0, available, offset)
      return buffer.subarray(0, bytesRead)
    })
  } finally {
    await handle.close()
  }
}

async function formatOf(readAt: ReadAt): Promise<ExecutableFormat> {
  const head = await readAt(0, SHEBANG_BYTES)
  if (head.length === 0) return { kind: 'empty' }
  if (head.toString('latin1', 0, 2) === '#!') return (await scriptOf(head)) ?? unknown(head)
  if (head.toString('latin1', 0, 4) === '\u007fELF') {
    const elf = await readElf(readAt)
    if (elf?.interpreter === undefined) return elf ?? unknown(head)
    return { ...elf, interpreterExists: await isThere(elf.interpreter) }
  }
  return (await readMachO(readAt)) ?? (await readPe(readAt)) ?? unknown(head)
}

/** How much of a script Linux looks at (linux:include/uapi/linux/binfmts.h `BINPRM_BUF_SIZE`). */
const SHEBANG_BYTES = 256

/** Splits the first line as Linux does: at blanks and tabs only, and everything after the interpreter is one argument. */
async function scriptOf(head: Buffer): Promise<ScriptFormat | undefined> {
  const [line = ''] = head.toString('utf8').split(/[\n\0]/, 1)
  const parts = /^#![ \t]*(?<interpreter>[^ \t]+)(?:[ \t]+(?<argument>.*?))?[ \t]*$/s.exec(line)?.groups
  const interpreter = parts?.['interpreter']
  if (interpreter === undefined) return undefined
  const argument = parts?.['argument']
  return {
    kind: 'script',
    interpreter,
    ...(argument === undefined || argument === '' ? {} : { argument }),
    // A relative interpreter would be looked for in the working directory, which a plugin must not depend on (LIFE-008).
    interpreterExists: path.isAbsolute(interpreter) && (await isThere(interpreter)),
    usesPath: path.basename(interpreter) === 'env',
  }
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    (stats) => stats.isFile(),
    () => false,
  )
}

function unknown(head: Buffer): ExecutableFormat {
  const first = head.subarray(0, 16)
  const printable = first.every(
    (byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09,
  )
  const firstBytes = printable
    ? JSON.stringify(first.toString('latin1'))
    : (first.toString('hex').match(/../g) ?? []).join(' ')
  return { kind: 'unknown', firstBytes }
}

function unreadable(because: string): ExecutableFormat {
  return { kind: 'unreadable', because }
}
