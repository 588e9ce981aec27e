import { readFile } from 'node:fs/promises'

import { ConformanceError } from '../host/conformance-error.ts'
import { readReport } from '../suites/record/read-report.ts'
import { writers } from '../suites/writers/writers.ts'
import { writerKind } from './report-files.ts'
import type { Terminal } from './streams.ts'

/** Prints a report that was written before, in another form; says on stderr what is missing of a run that was cut off. */
export async function reportCommand(
  file: string,
  flags: { readonly to: string },
  terminal: Terminal,
): Promise<number> {
  const kind = writerKind(flags.to, '--to')
  const { report, missing } = readReport(await textOf(file), file)
  if (missing !== undefined)
    terminal.err(
      `${file} ends before its run did: ${missing.cases} of ${missing.of} cases are missing, and so is what was observed over all of them.\n`,
    )
  terminal.out(writers[kind](report))
  return 0
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new ConformanceError('usage', `The report ${file} can't be read: ${why}.`, {
      hint: 'Name a file that --report json=<path> or --report ndjson=<path> wrote.',
    })
  }
}
