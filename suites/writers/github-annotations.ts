import type { Report } from '../kernel/report.ts'
import { findingsOf, startFaultOf } from './finding.ts'
import { shorten } from './shorten.ts'

/** GitHub shows ten annotations of each kind a step, so a few more than enough. */
const MOST = 50

/** Workflow commands that make GitHub annotate a run: an error for what fails it, a warning and a notice for the rest. */
export function writeGithubAnnotations(report: Report): string {
  const start = startFaultOf(report)
  const lines = [
    ...(start === undefined ? [] : [command('error', 'start', start.details)]),
    ...(['fail', 'stale', 'fault', 'warning', 'note'] as const).flatMap((standing) =>
      findingsOf(report, [standing])
        .slice(0, MOST)
        .map(({ rule, details }) => command(KINDS[standing], rule.id, details)),
    ),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

const KINDS = { fail: 'error', stale: 'error', fault: 'error', warning: 'warning', note: 'notice' } as const

function command(kind: 'error' | 'warning' | 'notice', title: string, message: string): string {
  return `::${kind} title=${property(title)}::${data(shorten(message, 4_000))}`
}

/** As actions/toolkit packages/core/src/command.ts escapes them. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
