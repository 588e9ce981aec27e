import type { Report, ReportedRule } from '../kernel/report.ts'
import { renderBrokenRule } from './broken-rule.ts'
import type { AgainCommand } from './broken-rule.ts'
import { renderStartFault } from './start-fault.ts'
import { staleText } from './stale-text.ts'
import { labelled, paint, printable, wrap } from './text.ts'
import type { TextStyle } from './text.ts'

/** The report for a person: diagnosis, failures, warnings, what could not be judged and why, the sum. */
export function renderReport(report: Report, again: AgainCommand, style: TextStyle): string {
  const standing = (name: string): readonly ReportedRule[] =>
    report.rules.filter((rule) => rule.standing === name)
  const blocks = [
    ...(report.startFault === undefined ? [] : [renderStartFault(report.startFault, style)]),
    ...standing('fault').map((rule) => renderFault(rule, style)),
    ...['fail', 'warning', 'note'].flatMap((name) =>
      standing(name).map((rule) => renderBrokenRule(rule, again, style)),
    ),
    ...standing('stale').map((rule) => renderStale(rule, style)),
    ...standing('known').map((rule) => renderKnown(rule, style)),
    renderUnscored(report, style),
    [renderSum(report, style)],
  ]
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => `${block.join('\n')}\n`)
    .join('\n')
}

/** Who judged whom: printed above the report. */
export function renderHeading(report: Report, style: TextStyle): string {
  const { tool, subject, grafana, contract, seed } = report
  const parts = [
    `${tool.name} ${tool.version}`,
    `${printable(subject.id)} ${printable(subject.version)}`.trim(),
    `as Grafana ${grafana}`,
    ...(report.autoMtls === true ? ['under AutoMTLS'] : []),
    `contract ${contract}`,
    `seed ${seed}`,
  ]
  return wrap(parts.join(' · '), style.columns)
    .map((line) => paint(style, 'dim', line))
    .join('\n')
}

function renderFault(rule: ReportedRule, style: TextStyle): readonly string[] {
  const error = rule.verdict.kind === 'harness-fault' ? rule.verdict.error : ''
  return [
    paint(style, 'bad', `✗ ${rule.id}  OUR FAULT, not the plugin's`),
    ...labelled('error  ', error, { indent: 4, columns: style.columns, most: 8 }),
    '  Please report this with the output of --trace.',
  ]
}

function renderStale(rule: ReportedRule, style: TextStyle): readonly string[] {
  return [
    paint(style, 'bad', `✗ ${rule.id}  STALE`),
    ...labelled('', staleText(rule), { indent: 2, columns: style.columns, most: 4 }),
  ]
}

function renderKnown(rule: ReportedRule, style: TextStyle): readonly string[] {
  return (rule.known ?? []).flatMap(({ kind, reason }) =>
    labelled(`~ ${rule.id}  known (${kind}): `, reason, { indent: 0, columns: style.columns, most: 3 }),
  )
}

/** Rules without a verdict, grouped by the reason, so that one line says what to do for all of them. */
function renderUnscored(report: Report, style: TextStyle): readonly string[] {
  // Nothing came up, so nothing was judged: one cause needs no list of its consequences.
  if (report.startFault !== undefined) return []
  const groups = new Map<string, string[]>()
  for (const rule of report.rules) {
    const reason = unscoredReason(rule)
    if (reason === undefined) continue
    groups.set(reason, [...(groups.get(reason) ?? []), rule.id])
  }
  return [...groups].flatMap(([reason, ids]) => [
    ...labelled('- ', reason, { indent: 0, columns: style.columns, most: 2 }),
    ...labelled('', ids.join(', '), { indent: 4, columns: style.columns }).map((line) =>
      paint(style, 'dim', line),
    ),
  ])
}

function unscoredReason({ verdict }: ReportedRule): string | undefined {
  switch (verdict.kind) {
    case 'unverified':
      return `not verified, needs ${verdict.missing}`
    case 'inapplicable':
      return `not applicable without ${verdict.undeclared}`
    case 'unreached':
      return `not reached: ${verdict.because}`
    case 'upheld':
    case 'broken':
    case 'harness-fault':
      return undefined
    default:
      return verdict satisfies never
  }
}

/** `41 upheld · 1 broken · 6 not applicable · 9 not verified · 8.2 s` */
export function renderSum(report: Report, style: TextStyle): string {
  const { counts } = report
  const known = report.rules.filter((rule) => rule.standing === 'known').length
  const stale = report.rules.filter((rule) => rule.standing === 'stale').length
  const count = (number: number, label: string, tone: 'good' | 'bad' | 'dim'): readonly string[] =>
    number === 0 ? [] : [paint(style, tone, `${number} ${label}`)]
  return [
    ...count(counts.upheld, 'upheld', 'good'),
    ...count(counts.broken - known, 'broken', 'bad'),
    ...count(known, 'known', 'dim'),
    ...count(stale, 'stale', 'bad'),
    ...count(counts['harness-fault'], 'our fault', 'bad'),
    ...count(counts.inapplicable, 'not applicable', 'dim'),
    ...count(counts.unverified, 'not verified', 'dim'),
    ...count(counts.unreached, 'not reached', 'dim'),
    `${(report.ms / 1000).toFixed(1)} s`,
  ].join(' · ')
}
