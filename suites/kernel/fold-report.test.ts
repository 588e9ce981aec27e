import { describe, expect, test } from 'vitest'

import { foldReport } from './fold-report.ts'
import type { ReportFrame } from './report-frame.ts'
import type { Report } from './report.ts'
import type { RunEvent } from './run-events.ts'
import type { StartFault } from '../../host/launch/start-fault.ts'
import { tinyCase, tinyRules } from './tiny-catalogue.ts'
import type { Verdict } from './verdict.ts'

const { first, second, third } = tinyRules
const levels = { must: first, should: second, may: third }

const catalogue = {
  rules: Object.values(tinyRules),
  cases: [tinyCase({ id: 'query/a', judges: [first, second, third] })],
  observers: [],
}

const frame: ReportFrame = {
  tool: { name: 't', version: '0' },
  edition: '2026.1',
  grafana: '12.4.0',
  seed: 1,
  subject: { id: 'x', version: '1', command: './x', sha256: null },
  known: [],
  strict: false,
  requireComplete: false,
}

const upheld: Verdict = { kind: 'upheld' }
const broken: Verdict = { kind: 'broken', expected: 'e', actual: 'a' }
const open: Verdict = { kind: 'unverified', missing: 'm' }

const fault: StartFault = {
  class: 'exited',
  what: 'w',
  expected: 'e',
  found: 'f',
  fix: 'f',
  grafanaLog: '',
  blast: 'plugin',
  stderr: [],
  ms: 0,
}

/** A report in which the rules of these levels have these verdicts, one after the other. */
function report(
  verdicts: Partial<Record<keyof typeof levels, Verdict | readonly Verdict[]>>,
  changes: Partial<ReportFrame> & { readonly fault?: StartFault; readonly interrupted?: boolean } = {},
): Report {
  const concluded = Object.entries(levels).flatMap(([level, rule]) => {
    const given: Verdict | readonly Verdict[] = verdicts[level as keyof typeof levels] ?? upheld
    return (Array.isArray(given) ? (given as readonly Verdict[]) : [given as Verdict]).map((verdict) => ({
      rule: rule.id,
      case: 'query/a',
      variant: '',
      ms: 1,
      verdict,
      evidence: [],
    }))
  })
  const events: readonly RunEvent[] = [
    {
      kind: 'run-started',
      frame: { ...frame, ...changes },
      rules: catalogue.rules.map((rule) => rule.id),
      cases: 1,
    },
    ...(changes.fault === undefined ? [] : [{ kind: 'start-fault' as const, fault: changes.fault }]),
    { kind: 'case-ended', tag: 'query/a', verdicts: concluded },
    { kind: 'run-ended', ms: 5, interrupted: changes.interrupted ?? false },
  ]
  return foldReport(events, catalogue)
}

describe('the exit code', () => {
  const table: ReadonlyArray<readonly [string, Report, number]> = [
    ['everything is upheld', report({}), 0],
    ['a must is broken', report({ must: broken }), 1],
    ['a should is broken', report({ should: broken }), 0],
    ['a should is broken, strictly', report({ should: broken }, { strict: true }), 1],
    ['a may is broken, strictly', report({ may: broken }, { strict: true }), 0],
    ['a rule is unverified', report({ must: open }), 0],
    [
      'a rule is unverified, and completeness is required',
      report({ must: open }, { requireComplete: true }),
      1,
    ],
    [
      'a rule is inapplicable, and completeness is required',
      report({ must: { kind: 'inapplicable', undeclared: 'u' } }, { requireComplete: true }),
      0,
    ],
    ['a rule is unreached', report({ must: { kind: 'unreached', because: 'b' } }), 0],
    ['nothing was judged', report({ must: open, should: open, may: open }), 3],
    ['the plugin did not come up', report({ must: open, should: open, may: open }, { fault }), 3],
    ['the plugin did not come up and a file is wrong', report({ must: broken }, { fault }), 3],
    ['we made a mistake', report({ should: { kind: 'harness-fault', error: 'e' } }), 4],
    [
      'we made a mistake and a must is broken',
      report({ must: broken, may: { kind: 'harness-fault', error: 'e' } }),
      4,
    ],
    ['the run was interrupted', report({ must: broken }, { interrupted: true }), 130],
  ]

  test.each(table)('when %s', (_, folded, code) => {
    expect(folded.exitCode).toBe(code)
  })
})

describe('a report', () => {
  test('gives each rule the worst verdict of its cases and its standing', () => {
    const folded = report({ must: [upheld, broken], should: broken, may: broken })
    expect(folded.rules.map(({ verdict, standing }) => [verdict.kind, standing])).toEqual([
      ['broken', 'fail'],
      ['broken', 'warning'],
      ['broken', 'note'],
    ])
  })

  test('counts rules by verdict', () => {
    expect(report({ must: broken, may: open }).counts).toEqual({
      'harness-fault': 0,
      broken: 1,
      unreached: 0,
      unverified: 1,
      upheld: 1,
      inapplicable: 0,
    })
  })

  test('is complete when the run ended and no rule stayed open', () => {
    expect(report({}).complete).toBe(true)
    expect(report({ may: { kind: 'inapplicable', undeclared: 'u' } }).complete).toBe(true)
    expect(report({ may: open }).complete).toBe(false)
    expect(report({}, { interrupted: true }).complete).toBe(false)
  })

  test('that nobody ended counts as interrupted', () => {
    const folded = foldReport([{ kind: 'run-started', frame, rules: [first.id], cases: 1 }], catalogue)
    expect(folded).toMatchObject({ exitCode: 130, complete: false })
  })

  test('shows only rules that were selected', () => {
    const folded = foldReport([{ kind: 'run-started', frame, rules: [second.id], cases: 1 }], catalogue)
    expect(folded.rules.map((rule) => rule.id)).toEqual([second.id])
  })
})
