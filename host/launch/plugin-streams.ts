import type { Readable } from 'node:stream'

import type { EventSink } from '../events.ts'
import type { LogRecord } from '../logs/log-record.ts'
import { createLogReader } from '../logs/read-log-line.ts'
import { createLineSplitter } from '../logs/split-lines.ts'
import type { LinePiece } from '../logs/split-lines.ts'
import type { PluginOutput, StdoutLine } from './plugin.ts'
import type { PluginProcess } from './plugin-process.ts'
import { Printed } from './printed.ts'

/** The two pipes of a process, read to their ends for the whole of its life. */
export interface PluginStreams extends PluginOutput {
  /** The first line of stdout, which may be longer than the host's buffer, or undefined when stdout ended without one. */
  readonly firstLine: Promise<StdoutLine | undefined>
  /** Resolves when both pipes have ended. */
  readonly closed: Promise<void>
  /** Resolves at the next line of stdout or when stdout ends. */
  nextLine(): Promise<void>
  readonly stdoutEnded: boolean
  /** What stands after the last line feed of stdout; to be asked once, when nothing more is waited for. */
  unfinishedLine(): string | undefined
}

/**
 * Reads stdout and stderr as go-plugin does and reports every line (LIFE-120, LIFE-121).
 *
 * Unlike go-plugin it goes on draining stdout after a line of 64 KiB, so that one fault does not hide the others.
 */
export function readStreams(
  process: PluginProcess,
  options: {
    readonly name: string
    readonly sink: EventSink
    readonly now: () => number
    readonly goPlugin: '1.6.0' | '1.7.0'
  },
): PluginStreams {
  const { name, sink, now } = options
  // The handshake and what follows it decide about the start; later on the newest log lines tell most.
  const stdout = new Printed<StdoutLine>('oldest')
  const log = new Printed<LogRecord>('newest')
  const reader = createLogReader({ goPlugin: options.goPlugin })
  const waiting: Array<() => void> = []
  const wake = (): void => {
    for (const resolve of waiting.splice(0)) resolve()
  }
  let tellFirst: ((line: StdoutLine | undefined) => void) | undefined
  const firstLine = new Promise<StdoutLine | undefined>((resolve) => {
    tellFirst = resolve
  })

  const takeStdout = (piece: LinePiece, terminated: boolean): void => {
    const text = piece.kind === 'too-long' ? '' : piece.text
    const line = { text, bytes: piece.bytes, terminated }
    stdout.add(line, piece.bytes)
    if (stdout.count === 1) tellFirst?.(line)
    sink({
      kind: 'stdout',
      origin: 'plugin',
      at: now(),
      process: name,
      tag: undefined,
      line: text,
      bytes: piece.bytes,
      number: stdout.count,
    })
    wake()
  }
  const takeStderr = (piece: LinePiece, terminated: boolean): void => {
    if (piece.kind === 'too-long') return
    const record = reader.read(piece.text, { chunk: piece.kind === 'chunk' })
    log.add(record, piece.bytes)
    sink({ kind: 'log', origin: 'plugin', at: now(), process: name, tag: undefined, record, terminated })
  }
  const outLines = createLineSplitter('stdout')
  const errLines = createLineSplitter('stderr')
  process.stdout.on('data', (bytes: Uint8Array) => {
    for (const piece of outLines.push(bytes)) takeStdout(piece, true)
  })
  process.stderr.on('data', (bytes: Uint8Array) => {
    for (const piece of errLines.push(bytes)) takeStderr(piece, true)
  })
  let outEnded = false
  const outEnd = ended(process.stdout, () => {
    outEnded = true
    for (const piece of outLines.end()) takeStdout(piece, false)
    tellFirst?.(undefined)
    wake()
  })
  const errEnd = ended(process.stderr, () => {
    for (const piece of errLines.end()) takeStderr(piece, false)
  })
  return {
    stdout: stdout.lines,
    log: log.lines,
    firstLine,
    closed: Promise.all([outEnd, errEnd]).then(() => undefined),
    nextLine: () => (outEnded ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    get stdoutEnded() {
      return outEnded
    },
    unfinishedLine() {
      const [piece] = outLines.end()
      return piece === undefined || piece.kind === 'too-long' ? undefined : piece.text
    },
  }
}

function ended(stream: Readable, last: () => void): Promise<void> {
  return new Promise((resolve) => {
    let done = false
    const finish = (): void => {
      if (done) return
      done = true
      last()
      resolve()
    }
    // A pipe that breaks has ended as well.
    stream.once('end', finish)
    stream.once('close', finish)
    stream.once('error', finish)
    // A process that ends at once may have closed a pipe before anybody could listen.
    if (stream.readableEnded || stream.destroyed) finish()
  })
}
