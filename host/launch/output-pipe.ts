import { execFile } from 'node:child_process'
import { close, constants, open } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'

const command = promisify(execFile)
// Plain descriptors: a FileHandle would close what the socket below owns.
const openFile = promisify(open)
const closeFile = promisify(close)

/** A pipe whose writing end is for a child. */
export interface OutputPipe {
  readonly reader: Readable
  /** Descriptor to hand to the child. */
  readonly descriptor: number
  /** Closes our copy of the writing end; to be called once the child has its own. */
  release(): Promise<void>
}

/**
 * Makes real pipes, as Grafana's children have for stdout and stderr (recordings `a-*`: `fifo`).
 *
 * Node gives children sockets instead, and a script that writes to `/dev/stderr` fails on a socket though it works under Grafana.
 * Undefined where the system has no `mkfifo`; Node's sockets have to do there.
 */
export async function outputPipes(count: number): Promise<readonly OutputPipe[] | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'gpc-pipes-'))
  try {
    const paths = Array.from({ length: count }, (_, index) => join(folder, String(index)))
    await command('mkfifo', ['-m', '600', ...paths])
    return await Promise.all(paths.map((path) => openPipe(path)))
  } catch {
    return undefined
  } finally {
    // Open descriptors keep the pipes; nobody needs their names.
    await rm(folder, { recursive: true, force: true })
  }
}

async function openPipe(path: string): Promise<OutputPipe> {
  // Without O_NONBLOCK the reader would wait for a writer, and the writer for a reader.
  const reader = await openFile(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const writer = await openFile(path, constants.O_WRONLY)
  return {
    reader: new Socket({ fd: reader, readable: true, writable: false }),
    descriptor: writer,
    release: () => closeFile(writer),
  }
}
