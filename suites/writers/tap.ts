import type { Report, ReportedRule } from '../kernel/report.ts'
import { findingsOf, STANDINGS, startFaultOf } from './finding.ts'
import { oneLine, shorten } from './shorten.ts'

/** The report as TAP 14 (testanything.org): a test point for each rule, a YAML block for each that is broken. */
export function writeTap(report: Report): string {
  const start = startFaultOf(report)
  const points = findingsOf(report, STANDINGS).map(({ rule, summary, details }) => ({
    ok: !failed(rule),
    name: rule.id,
    directive: directive(rule, summary),
    details,
  }))
  const all = [
    ...(start === undefined
      ? []
      : [{ ok: false, name: 'start/comes-up', directive: '', details: start.details }]),
    ...points,
  ]
  const lines = all.map(({ ok, name, directive: note, details }, index) => {
    const point = `${ok ? 'ok' : 'not ok'} ${index + 1} - ${escape(name)}${note}`
    return ok ? point : `${point}\n${yaml(details)}`
  })
  return ['TAP version 14', `1..${all.length}`, ...lines, ''].join('\n')
}

function failed({ standing }: ReportedRule): boolean {
  return standing === 'fail' || standing === 'stale' || standing === 'fault' || standing === 'known'
}

function directive({ standing, known }: ReportedRule, summary: string): string {
  // TAP consumers count a point that is to be done as passed.
  if (standing === 'known')
    return ` # TODO ${escape(oneLine((known ?? []).map(({ reason }) => reason).join('; '), 200))}`
  return standing === 'unscored' ? ` # SKIP ${escape(oneLine(summary, 200))}` : ''
}

/** JSON texts are YAML, whatever they contain. */
function yaml(details: string): string {
  return ['  ---', `  message: ${JSON.stringify(shorten(details))}`, '  ...'].join('\n')
}

/** In descriptions `#` would begin a directive. */
function escape(text: string): string {
  return text.replaceAll('\\', String.raw`\\`).replaceAll('#', String.raw`\#`)
}
