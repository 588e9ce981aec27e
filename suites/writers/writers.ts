import type { Report } from '../kernel/report.ts'
import { renderReport } from '../report/terminal.ts'
import { plainStyle } from '../report/text.ts'
import { writeGithubAnnotations } from './github-annotations.ts'
import { writeJunit } from './junit.ts'
import { writeMarkdown } from './markdown.ts'
import { writeSarif } from './sarif.ts'
import { writeTap } from './tap.ts'

/** A kind of file that a report can become. */
export type WriterKind = keyof typeof writers

/** Report in, text out; nothing else is looked at and nothing else happens. */
export const writers = {
  json: (report: Report) => `${JSON.stringify(report, undefined, 2)}\n`,
  text: (report: Report) => renderReport(report, { subject: report.subject.command }, plainStyle),
  junit: writeJunit,
  sarif: writeSarif,
  tap: writeTap,
  github: writeGithubAnnotations,
  markdown: writeMarkdown,
} as const

/** The names that `--report` and `--to` take. */
export const writerKinds = Object.keys(writers) as readonly WriterKind[]
