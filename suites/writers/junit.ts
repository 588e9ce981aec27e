import type { Report, ReportedRule } from '../kernel/report.ts'
import { findingsOf, STANDINGS, startFaultOf, summaryOf } from './finding.ts'
import { shorten } from './shorten.ts'

/**
 * The report as JUnit XML: a suite for each area, a test for each rule.
 *
 * Broken rules that fail the run are failures, our own mistakes errors, rules that are known to be broken or without a verdict skipped tests; warnings and notes pass
 * and say so in `system-out`.
 */
export function writeJunit(report: Report): string {
  const areas = [...new Set(report.rules.map((rule) => areaOf(rule)))]
  const suites = areas.map((area) =>
    suite(
      area,
      report.rules.filter((rule) => areaOf(rule) === area),
      report,
    ),
  )
  const start = startFaultOf(report)
  const counts = {
    tests: report.rules.length + (start === undefined ? 0 : 1),
    failures: count(report.rules, 'fail', 'stale'),
    errors: count(report.rules, 'fault') + (start === undefined ? 0 : 1),
    skipped: count(report.rules, 'unscored', 'known'),
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: report.tool.name, ...counts, time: seconds(report.ms) })}>`,
    ...(start === undefined ? [] : [startSuite(start)]),
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}

function suite(area: string, rules: readonly ReportedRule[], report: Report): string {
  const counts = {
    tests: rules.length,
    failures: count(rules, 'fail', 'stale'),
    errors: count(rules, 'fault'),
    skipped: count(rules, 'unscored', 'known'),
  }
  const time = seconds(rules.reduce((sum, rule) => sum + duration(rule), 0))
  return [
    `  <testsuite${attributes({ name: area, ...counts, time })}>`,
    ...findingsOf({ ...report, rules }, STANDINGS).map(({ rule, summary, details }) =>
      test(area, rule, summary, details),
    ),
    '  </testsuite>',
  ].join('\n')
}

function test(area: string, rule: ReportedRule, summary: string, details: string): string {
  const name = rule.id.slice(area.length + 1)
  const head = `    <testcase${attributes({ classname: area, name, time: seconds(duration(rule)) })}`
  const inner = outcome(rule, summary, details)
  return inner === '' ? `${head}/>` : `${head}>${inner}</testcase>`
}

function outcome(rule: ReportedRule, summary: string, details: string): string {
  switch (rule.standing) {
    case 'pass':
      return ''
    case 'fail':
    case 'stale':
      return `<failure${attributes({ type: rule.level, message: summary })}>${escape(details)}</failure>`
    case 'fault':
      return `<error${attributes({ type: 'harness-fault', message: summary })}>${escape(details)}</error>`
    case 'unscored':
    case 'known':
      return `<skipped${attributes({ message: rule.standing === 'known' ? details : summaryOf(rule) })}/>`
    case 'warning':
    case 'note':
      return `<system-out>${escape(`${rule.standing}: ${details}`)}</system-out>`
    default:
      return rule.standing satisfies never
  }
}

function startSuite(start: { readonly summary: string; readonly details: string }): string {
  const error = `<error${attributes({ type: 'start', message: start.summary })}>${escape(start.details)}</error>`
  return [
    `  <testsuite${attributes({ name: 'start', tests: 1, failures: 0, errors: 1, skipped: 0 })}>`,
    `    <testcase${attributes({ classname: 'start', name: 'comes-up' })}>${error}</testcase>`,
    '  </testsuite>',
  ].join('\n')
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        ` ${name}="${escape(String(value)).replaceAll(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)}"`,
    )
    .join('')
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** XML 1.0 has no way to write most control characters and lone surrogates, not even escaped (XML 1.0 section 2.2). */
function escape(text: string): string {
  return shorten(text)
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
}

function areaOf(rule: ReportedRule): string {
  return rule.id.slice(0, rule.id.indexOf('/'))
}

function count(
  rules: readonly ReportedRule[],
  ...standings: ReadonlyArray<ReportedRule['standing']>
): number {
  return rules.filter((rule) => standings.includes(rule.standing)).length
}

/** A case judges several rules, so its time counts for each of them: what a rule costs when it is judged alone. */
function duration(rule: ReportedRule): number {
  return rule.cases.reduce((sum, one) => sum + one.ms, 0)
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}
