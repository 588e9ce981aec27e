import { closeSync, openSync, writeSync } from 'node:fs'

import { ConformanceError } from '../host/conformance-error.ts'
import { nearest } from '../host/nearest.ts'
import type { Report } from '../suites/kernel/report.ts'
import type { RunEvent } from '../suites/kernel/run-events.ts'
import { recordLine } from '../suites/record/record-line.ts'
import { writerKinds, writers } from '../suites/writers/writers.ts'
import type { WriterKind } from '../suites/writers/writers.ts'

/** The kind that is written while the run goes on. */
const RECORD = 'ndjson'

interface ReportFile {
  readonly kind: WriterKind | typeof RECORD
  readonly path: string
  readonly descriptor: number
}

/** The files of `--report kind=path`, open from the beginning so that an unwritable one stops the run before it starts. */
export class ReportFiles implements Disposable {
  readonly #files: readonly ReportFile[]

  constructor(wanted: readonly string[]) {
    const named = wanted.map((text) => parseWanted(text))
    const opened: ReportFile[] = []
    try {
      for (const one of named) opened.push({ ...one, descriptor: openFile(one.path) })
    } catch (error) {
      for (const { descriptor } of opened) closeSync(descriptor)
      throw error
    }
    this.#files = opened
  }

  /** Records an event as it happens. */
  see(event: RunEvent): void {
    const line = recordLine(event)
    if (line === undefined) return
    for (const { kind, descriptor } of this.#files) if (kind === RECORD) writeSync(descriptor, line)
  }

  /** Writes what can only be written at the end. */
  write(report: Report): void {
    for (const { kind, descriptor } of this.#files)
      if (kind !== RECORD) writeSync(descriptor, writers[kind](report))
  }

  [Symbol.dispose](): void {
    for (const { descriptor } of this.#files) closeSync(descriptor)
  }
}

function parseWanted(text: string): Pick<ReportFile, 'kind' | 'path'> {
  const [name = '', ...rest] = text.split('=')
  const path = rest.join('=')
  if (path === '')
    throw new ConformanceError('usage', `Expected --report as <kind>=<path>, found "${text}".`, {
      hint: 'For example: --report junit=report.xml',
    })
  if (name === RECORD) return { kind: RECORD, path }
  return { kind: writerKind(name, '--report', [...writerKinds, RECORD]), path }
}

/** The writer of that name; `flag` is for the message. */
export function writerKind(name: string, flag: string, known: readonly string[] = writerKinds): WriterKind {
  const kind = writerKinds.find((one) => one === name)
  if (kind !== undefined) return kind
  const near = nearest(name, known)
  throw new ConformanceError(
    'usage',
    `Expected the kind of ${flag} to be one of ${known.join(', ')}; found "${name}".`,
    near === undefined ? {} : { hint: `Did you mean ${near}?` },
  )
}

function openFile(path: string): number {
  try {
    return openSync(path, 'w')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new ConformanceError('usage', `The report ${path} can't be written: ${why}.`, {
      hint: 'Name a file in a folder that exists and may be written to.',
    })
  }
}
