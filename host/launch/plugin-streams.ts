import type { EventSink } from '../events.ts'
import type { LogRecord } from '../logs/log-record.ts'
import { createLogReader } from '../logs/read-log-line.ts'
import { createLineSplitter } from '../logs/split-lines.ts'
import type { PluginOutput, StdoutLine } from './plugin.ts'
import type { PluginProcess } from './plugin-process.ts'

/** The two pipes of a process, read to their ends for the whole of its life. */
export interface PluginStreams extends PluginOutput {
  /** The first line of stdout, or undefined when stdout ended without one. */
  readonly firstLine: Promise<StdoutLine | undefined>
  /** Resolves when both pipes have ended. */
  readonly closed: Promise<void>
  /** Resolves at the next line of stdout or when stdout ends. */
  nextLine(): Promise<void>
}

/**
 * Reads stdout and stderr as go-plugin does and reports every line (LIFE-120, LIFE-121).
 *
 * Unlike go-plugin it goes on reading stdout after a line of 64 KiB, so that one fault does not hide the others.
 */
export function readStreams(
  process: PluginProcess,
  options: { readonly name: string; readonly sink: EventSink; readonly now: () => number; readonly goPlugin: '1.6.0' | '1.7.0' },
): PluginStreams {
  const { name, sink, now } = options
  const stdout: StdoutLine[] = []
  const log: LogRecord[] = []
  const reader = createLogReader({ goPlugin: options.goPlugin })
  const waiting: Array<() => void> = []
  const wake = (): void => {
    for (const resolve of waiting.splice(0)) resolve()
  }
  let tellFirst: (line: StdoutLine | undefined) => void = () => {}
  const firstLine = new Promise<StdoutLine | undefined>((resolve) => {
    tellFirst = resolve
  })

  const outLines = createLineSplitter()
  const takeStdout = (line: StdoutLine): void => {
    stdout.push(line)
    if (stdout.length === 1) tellFirst(line)
    sink({ kind: 'stdout', origin: 'plugin', at: now(), process: name, tag: undefined, line: line.text, bytes: line.bytes, number: stdout.length })
    wake()
  }
  const errLines = createLineSplitter({ chunkBytes: 65_536 })
  const takeStderr = (line: { readonly text: string; readonly chunk: boolean }): void => {
    const record = reader.read(line.text, { chunk: line.chunk })
    log.push(record)
    sink({ kind: 'log', origin: 'plugin', at: now(), process: name, tag: undefined, record })
  }
  process.stdout.on('data', (bytes: Uint8Array) => outLines.push(bytes).forEach(takeStdout))
  process.stderr.on('data', (bytes: Uint8Array) => errLines.push(bytes).forEach(takeStderr))
  const outEnd = ended(process.stdout, () => {
    outLines.end().forEach(takeStdout)
    tellFirst(undefined)
    wake()
  })
  const errEnd = ended(process.stderr, () => errLines.end().forEach(takeStderr))
  return {
    stdout,
    log,
    firstLine,
    closed: Promise.all([outEnd, errEnd]).then(() => undefined),
    nextLine: () => (process.stdout.readableEnded ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  }
}

function ended(stream: NodeJS.ReadableStream, last: () => void): Promise<void> {
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
  })
}
