import type { KnownIssue } from '../kernel/known-issue.ts'
import type { Report, ReportedRule } from '../kernel/report.ts'
import { standingOf } from '../kernel/standing.ts'
import type { Verdict } from '../kernel/verdict.ts'

/** Everything that has ever ended a text before its end. */
export const HOSTILE = 'a\nb\r\n::error::x]]>&<"\'|`*#\u0000\u001B[31m\u2028😀\uD800\\'

/** A megabyte in one text. */
export const HUGE = 'x'.repeat(1_000_000)

function rule(
  level: ReportedRule['level'],
  name: string,
  verdict: Verdict,
  known: readonly KnownIssue[] = [],
): ReportedRule {
  const evidence = [{ label: 'seen', value: HOSTILE }]
  const cases = [{ id: 'query/several-refids', variant: 'two', ms: 12, verdict, evidence }]
  return {
    id: `query/${name}`,
    level,
    statement: 'QueryData answers every refId that it was asked for.',
    consequence: 'the query shows "No data" and no error.',
    sources: [{ spec: 'DATA-201' }, { proto: 'QueryDataResponse.responses' }],
    verdict,
    standing: standingOf(level, verdict, cases, known),
    cases,
    ...(known.length === 0 ? {} : { known }),
  }
}

const issue: KnownIssue = {
  rule: 'query/x',
  kind: 'failing',
  reason: HOSTILE,
  place: 'conformance.known.yaml:3',
}

const rules: readonly ReportedRule[] = [
  rule('must', 'upheld', { kind: 'upheld' }),
  rule('must', 'broken', { kind: 'broken', expected: HOSTILE, actual: HOSTILE }),
  rule('must', 'huge', { kind: 'broken', expected: 'a little', actual: HUGE }),
  rule('should', 'warned', { kind: 'broken', expected: 'e', actual: HOSTILE }),
  rule('may', 'noted', { kind: 'broken', expected: 'e', actual: 'a' }),
  rule('must', 'known', { kind: 'broken', expected: 'e', actual: HOSTILE }, [issue]),
  rule('must', 'stale', { kind: 'upheld' }, [issue]),
  rule('must', 'unverified', { kind: 'unverified', missing: HOSTILE }),
  rule('must', 'inapplicable', { kind: 'inapplicable', undeclared: 'streaming' }),
  rule('must', 'unreached', { kind: 'unreached', because: 'the plugin died' }),
  rule('must', 'fault', { kind: 'harness-fault', error: HOSTILE }),
]

/** A report with every kind of verdict, made of texts that break careless writers. */
export const hostileReport: Report = {
  report: 1,
  tool: { name: 'grafana-plugin-conformance', version: '1.2.3' },
  edition: '2026.1',
  grafana: '12.4.0',
  contract: 'any',
  seed: 1,
  subject: { id: HOSTILE, version: '1.0.0', command: '/plugins/x', sha256: null },
  rules,
  counts: { upheld: 2, broken: 5, inapplicable: 1, unverified: 1, unreached: 1, 'harness-fault': 1 },
  ms: 8_234,
  exitCode: 4,
  complete: false,
}

/** The report of a plugin that never came up, and said hostile things while it failed. */
export const hostileStart: Report = {
  ...hostileReport,
  rules: rules.filter((one) => one.verdict.kind === 'unreached'),
  startFault: {
    class: 'garbage',
    what: 'The first line is no handshake.',
    expected: '1|2|tcp|127.0.0.1:41234|grpc',
    found: HOSTILE,
    fix: 'Send logs to stderr.',
    grafanaLog: 'Unrecognized remote plugin message',
    blast: 'plugin',
    stderr: [HOSTILE, HUGE],
    ms: 41,
  },
  exitCode: 3,
}
