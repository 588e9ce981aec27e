import type { ReportedCase, ReportedRule } from '../kernel/report.ts'
import type { Source } from '../kernel/rule.ts'
import { inGrafana } from './in-grafana.ts'
import { labelled, paint, wrap } from './text.ts'
import type { TextStyle } from './text.ts'

/** What every failure says besides the rule: how to see it again. */
export interface AgainCommand {
  /** The subject as the user named it. */
  readonly subject: string
}

/** One broken rule in at most twelve lines (design: "What a person sees"). */
export function renderBrokenRule(
  rule: ReportedRule,
  again: AgainCommand,
  style: TextStyle,
): readonly string[] {
  const { columns } = style
  const [worst] = rule.cases.filter((one) => one.verdict.kind === 'broken')
  if (worst === undefined || worst.verdict.kind !== 'broken') return []
  const { expected, actual } = worst.verdict
  return [
    headline(rule, worst, style),
    ...wrap(rule.statement, columns - 2, 2).map((line) => `  ${line}`),
    ...labelled('expected  ', expected, { indent: 4, columns, most: 2 }),
    ...labelled('actual    ', actual, { indent: 4, columns, most: 2 }),
    ...labelled('In Grafana: ', inGrafana(rule), { indent: 2, columns, most: 2 }),
    ...labelled('source  ', rule.sources.map((source) => nameSource(source)).join(', '), {
      indent: 2,
      columns,
      most: 1,
    }),
    `  again   npx grafana-plugin-conformance ${again.subject} --only ${reproducer(rule, worst)} --trace`,
  ]
}

/** What a case found, the case finds again; what an observer saw anywhere, only a whole run sees again. */
function reproducer(rule: ReportedRule, worst: ReportedCase): string {
  return worst.evidence.some((evidence) => evidence.label === 'seen in') ? rule.id : worst.id
}

function headline(rule: ReportedRule, worst: ReportedCase, style: TextStyle): string {
  const mark = rule.standing === 'fail' ? '✗' : '!'
  const tone = rule.standing === 'fail' ? 'bad' : 'warning'
  const left = `${mark} ${rule.id}  ${rule.level.toUpperCase()}`
  const name = worst.variant === '' ? worst.id : `${worst.id} (${worst.variant})`
  const right = worst.ms === 0 ? name : `${name} · ${worst.ms} ms`
  const gap = style.columns - left.length - right.length
  const painted = paint(style, tone, left)
  // On a narrow terminal the case moves below rather than being cut.
  return gap >= 2
    ? `${painted}${' '.repeat(gap)}${paint(style, 'dim', right)}`
    : `${painted}\n  ${paint(style, 'dim', right)}`
}

/** A source in the words of people who look it up. */
export function nameSource(source: Source): string {
  if ('spec' in source) return source.spec
  if ('proto' in source) return `backend.proto ${source.proto}`
  if ('upstream' in source) return source.upstream
  return source.doc
}
