import { appendFileSync } from 'node:fs'

import type { Report } from '../suites/kernel/report.ts'
import { writeGithubAnnotations } from '../suites/writers/github-annotations.ts'
import { writeMarkdown } from '../suites/writers/markdown.ts'
import type { Terminal } from './streams.ts'

/** Under GitHub Actions: annotations among the output, and a job summary. */
export function tellGithub(report: Report, env: NodeJS.ProcessEnv, terminal: Terminal): void {
  if (env['GITHUB_ACTIONS'] !== 'true') return
  terminal.out(writeGithubAnnotations(report))
  const summary = env['GITHUB_STEP_SUMMARY']
  if (summary === undefined || summary === '') return
  try {
    appendFileSync(summary, writeMarkdown(report))
  } catch (error) {
    // The verdict counts, not its decoration.
    terminal.err(
      `The job summary can't be written: ${error instanceof Error ? error.message : String(error)}\n`,
    )
  }
}
