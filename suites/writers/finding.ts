import type { Report, ReportedCase, ReportedRule } from '../kernel/report.ts'
import { inGrafana } from '../report/in-grafana.ts'
import { staleText } from '../report/stale-text.ts'
import { describeFault } from './start-fault-text.ts'

/** What a machine is told about one rule, or about a plugin that never came up. */
export interface Finding {
  readonly rule: ReportedRule
  /** One line: what was expected, what was there. */
  readonly summary: string
  /** Several lines: everything that a person needs who sees nothing else. */
  readonly details: string
}

/** All standings: every rule. */
export const STANDINGS: ReadonlyArray<ReportedRule['standing']> = [
  'pass',
  'fail',
  'warning',
  'note',
  'known',
  'stale',
  'unscored',
  'fault',
]

/** The rules whose standing is one of these, told in words. */
export function findingsOf(
  report: Report,
  standings: readonly ReportedRule['standing'][],
): readonly Finding[] {
  return report.rules
    .filter((rule) => standings.includes(rule.standing))
    .map((rule) => ({ rule, summary: summaryOf(rule), details: detailsOf(rule) }))
}

/** A rule's verdict in one line. */
export function summaryOf(rule: ReportedRule): string {
  const { verdict, statement } = rule
  if (rule.standing === 'stale') return staleText(rule)
  switch (verdict.kind) {
    case 'broken':
      return `${statement} Expected ${verdict.expected}; found ${verdict.actual}.`
    case 'harness-fault':
      return `A mistake of the harness, not of the plugin: ${verdict.error}`
    case 'unverified':
      return `not verified, needs ${verdict.missing}`
    case 'inapplicable':
      return `not applicable without ${verdict.undeclared}`
    case 'unreached':
      return `not reached: ${verdict.because}`
    case 'upheld':
      return statement
    default:
      return verdict satisfies never
  }
}

function detailsOf(rule: ReportedRule): string {
  const worst = rule.cases.find((one) => one.verdict.kind === rule.verdict.kind)
  const reasons = (rule.known ?? []).map(({ kind, reason, place }) => `Known (${kind}, ${place}): ${reason}`)
  return [
    summaryOf(rule),
    ...reasons,
    `In Grafana: ${inGrafana(rule)}`,
    ...(worst === undefined ? [] : evidenceOf(worst)),
  ].join('\n')
}

function evidenceOf(one: ReportedCase): readonly string[] {
  const variant = one.variant === '' ? '' : ` (${one.variant})`
  return [`Case: ${one.id}${variant}`, ...one.evidence.map(({ label, value }) => `${label}: ${value}`)]
}

/** What a plugin that never came up is told, or undefined when it did. */
export function startFaultOf(
  report: Report,
): { readonly summary: string; readonly details: string } | undefined {
  return report.startFault === undefined ? undefined : describeFault(report.startFault)
}
