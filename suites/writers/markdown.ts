import type { Report } from '../kernel/report.ts'
import { inGrafana } from '../report/in-grafana.ts'
import { renderSum } from '../report/terminal.ts'
import { plainStyle } from '../report/text.ts'
import { findingsOf, startFaultOf } from './finding.ts'
import type { Finding } from './finding.ts'
import { oneLine, shorten } from './shorten.ts'

/** A job summary has room for a mebibyte; nobody reads more than this many rules. */
const MOST = 100

/** The report as Markdown: for job summaries and comments. */
export function writeMarkdown(report: Report): string {
  const { subject, tool, grafana } = report
  const start = startFaultOf(report)
  const title = `${mark(report)} ${text(subject.id)} ${text(subject.version)}`.trim()
  const blocks = [
    `## ${title}`,
    `${text(tool.name)} ${text(tool.version)}, as Grafana ${text(grafana)}: ${renderSum(report, plainStyle)}`,
    ...(start === undefined ? [] : [fenced(start.details)]),
    ...table('Broken', findingsOf(report, ['fail', 'stale', 'fault'])),
    ...table('Warnings', findingsOf(report, ['warning'])),
    ...table('Known', findingsOf(report, ['known'])),
    ...table('Notes', findingsOf(report, ['note'])),
  ]
  return `${blocks.join('\n\n')}\n`
}

function mark(report: Report): string {
  return report.exitCode === 0 ? '✅' : '❌'
}

function table(title: string, findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return []
  const rows = findings.slice(0, MOST).map(({ rule, summary }) => {
    const sources = rule.sources.flatMap((source) => ('spec' in source ? [source.spec] : [])).join(', ')
    return `| ${text(rule.id)} | ${rule.level.toUpperCase()} | ${text(summary)} | ${text(inGrafana(rule))} | ${sources} |`
  })
  const more = findings.length > MOST ? [`| … | | ${findings.length - MOST} more | | |`] : []
  return [
    `### ${title}`,
    [
      '| Rule | Level | What | In Grafana | Source |',
      '| --- | --- | --- | --- | --- |',
      ...rows,
      ...more,
    ].join('\n'),
  ]
}

/** Text of a plugin must not become Markdown or HTML. */
function text(raw: string): string {
  return oneLine(raw, 500).replaceAll(
    /[\\`*_{}[\]()#+!|<>&~@$]/g,
    (character) => `&#${character.charCodeAt(0)};`,
  )
}

function fenced(raw: string): string {
  const longest = Math.max(2, ...[...raw.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [fence, shorten(raw), fence].join('\n')
}
