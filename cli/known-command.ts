import { readFile, writeFile } from 'node:fs/promises'

import { ConformanceError } from '../host/conformance-error.ts'
import { resolveSubject } from '../host/launch/resolve-subject.ts'
import { judgedSubject } from '../suites/judged-subject.ts'
import { catalogue } from '../suites/catalogue.ts'
import { judge } from '../suites/judge.ts'
import { addKnownIssues, pruneKnownIssues } from '../suites/known/edit-known-issues.ts'
import { KNOWN_FILE } from '../suites/known/find-known-issues.ts'
import { readKnownIssues } from '../suites/known/read-known-issues.ts'
import { findFile } from '../suites/samples/find-file.ts'
import { progressOf } from './progress.ts'
import type { Terminal } from './streams.ts'

/** The flags of `known`. */
export interface KnownFlags {
  readonly write?: true
  readonly prune?: true
  readonly known?: string
  readonly only: readonly string[]
  readonly color: boolean
}

/** Judges a plugin and brings its file of known issues up to date. */
export async function knownCommand(
  path: string | undefined,
  flags: KnownFlags,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  if ((flags.write === undefined) === (flags.prune === undefined))
    throw new ConformanceError('usage', 'Expected one of --write and --prune.', {
      hint: '--write adds an entry for every broken rule, --prune removes the entries that are stale.',
    })
  const { directory } = await judgedSubject(await resolveSubject(path, { cwd: process.cwd() }))
  const found = await findFile(KNOWN_FILE, directory, process.cwd())
  const file = flags.known ?? found ?? KNOWN_FILE
  const before = await readFile(file, 'utf8').catch(() => '')
  const report = await judge(path, {
    ...(before === '' ? {} : { known: await readKnownIssues(file, catalogue) }),
    filter: { only: flags.only, skip: [] },
    onEvent: progressOf(terminal),
    signal,
  })
  terminal.status('')
  if (report.startFault !== undefined)
    throw new ConformanceError('plugin-start-failed', `The plugin never came up: ${report.startFault.what}`, {
      hint: 'That can not be excused. Run the plugin without `known` to see the whole diagnosis.',
    })
  const after = flags.write === true ? addKnownIssues(before, report) : pruneKnownIssues(before, report)
  if (after === before) {
    terminal.out(`${file} is up to date.\n`)
    return 0
  }
  await writeFile(file, after)
  const what = flags.write === true ? 'Give each new entry its reason' : 'Look at the difference'
  terminal.out(`${file} was written. ${what}, then commit it.\n`)
  return 0
}
