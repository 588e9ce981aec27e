import { describe, expect, test } from 'vitest'

import { catalogue } from '../catalogue.ts'
import type { KnownIssue } from '../kernel/known-issue.ts'
import type { ReportedRule } from '../kernel/report.ts'
import { standingOf } from '../kernel/standing.ts'
import type { Verdict } from '../kernel/verdict.ts'
import { hostileReport } from '../writers/hostile-report.ts'
import { addKnownIssues, NO_REASON_YET, pruneKnownIssues } from './edit-known-issues.ts'
import { parseKnownIssues } from './read-known-issues.ts'

const parse = (text: string): readonly KnownIssue[] => parseKnownIssues(text, 'k.yaml', catalogue)

describe('a file of known issues', () => {
  test('is read with the place of every entry', () => {
    const text = [
      '# a comment',
      '- rule: query/every-refid-answered',
      '  reason: upstream bug 17',
      '',
      '- rule: query/status-is-explicit',
      '  case: chunked/every-answer',
      '  kind: flaky',
      '  reason: r',
    ].join('\n')
    const [judge] = catalogue.observers.filter((one) =>
      one.judges.some((rule) => rule.id === 'query/status-is-explicit'),
    )
    expect(parse(text.replace('chunked/every-answer', judge?.id ?? ''))).toEqual([
      { rule: 'query/every-refid-answered', kind: 'failing', reason: 'upstream bug 17', place: 'k.yaml:2' },
      { rule: 'query/status-is-explicit', case: judge?.id, kind: 'flaky', reason: 'r', place: 'k.yaml:5' },
    ])
  })

  test.each([
    [
      '- rule: query/every-refid-answred\n  reason: r',
      /^k\.yaml:1:9: Expected \[0\]\.rule to be a rule, found "query\/every-refid-answred"\./,
      /Did you mean query\/every-refid-answered/,
    ],
    [
      '- rule: query/every-refid-answered\n  case: health/twice\n  reason: r',
      /^k\.yaml:2:9: .*a case that judges query\/every-refid-answered/,
      /It is one of|Did you mean/,
    ],
    ['- rule: query/every-refid-answered', /^k\.yaml:1:3: Expected \[0\]\.reason/, /Add reason/],
    ['- rule: query/every-refid-answered\n  reason: " "', /^k\.yaml:2:11: .*a reason/, /Say why/],
    [
      '- rule: query/every-refid-answered\n  reason: r\n  kind: fails',
      /^k\.yaml:3:9: .*failing or flaky, found "fails"/,
      /docs/,
    ],
    ['- rul: x', /^k\.yaml:1:3: .*found "rul"/, /Did you mean rule/],
    ['rule: x', /^k\.yaml:1:1: Expected the file to be a list/, /dash/],
    ['- [', /^k\.yaml:\d+:\d+:/, /YAML/],
  ])('with a mistake is refused with its place: %j', (text, message, hint) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(message), hint: expect.stringMatching(hint) }),
    )
  })

  test('that is empty knows of nothing', () => {
    expect(parse('')).toEqual([])
    expect(parse('# nothing yet\n')).toEqual([])
  })
})

const upheld: Verdict = { kind: 'upheld' }
const broken: Verdict = { kind: 'broken', expected: 'e', actual: 'a' }
const failing: KnownIssue = { rule: 'x', kind: 'failing', reason: 'r', place: 'k:1' }
const flaky: KnownIssue = { ...failing, kind: 'flaky' }

describe('the standing of a rule with known issues', () => {
  test.each([
    ['failing and broken', broken, [broken], [failing], 'known'],
    ['flaky and broken', broken, [broken], [flaky], 'known'],
    ['failing and upheld', upheld, [upheld], [failing], 'stale'],
    ['flaky and upheld', upheld, [upheld], [flaky], 'pass'],
    ['only another case excused', broken, [broken], [{ ...failing, case: 'other' }], 'fail'],
    ['the broken case excused', broken, [broken], [{ ...failing, case: 'case-0' }], 'known'],
    ['one of two broken cases excused', broken, [broken, broken], [{ ...failing, case: 'case-0' }], 'fail'],
    [
      'an excused case is fine, another is broken',
      broken,
      [upheld, broken],
      [
        { ...failing, case: 'case-0' },
        { ...failing, case: 'case-1' },
      ],
      'stale',
    ],
    ['nothing was tried', { kind: 'unverified', missing: 'm' }, [], [failing], 'unscored'],
    ['a mistake of ours is not excused', { kind: 'harness-fault', error: 'e' }, [], [failing], 'fault'],
  ] as ReadonlyArray<readonly [string, Verdict, readonly Verdict[], readonly KnownIssue[], string]>)(
    '%s',
    (_, verdict, verdicts, known, standing) => {
      const cases = verdicts.map((one, index) => ({ id: `case-${index}`, verdict: one }))
      expect(standingOf('must', verdict, cases, known)).toBe(standing)
    },
  )
})

describe('editing a file of known issues', () => {
  const [some] = hostileReport.rules
  const rule = (id: string, standing: ReportedRule['standing'], verdict: Verdict): ReportedRule => {
    if (some === undefined) throw new Error('the report has no rules')
    return { ...some, id, standing, verdict }
  }
  const report = {
    ...hostileReport,
    rules: [
      rule('query/every-refid-answered', 'fail', { ...broken, actual: 'a\n- rule: b # c' }),
      rule('query/status-is-explicit', 'stale', upheld),
      rule('query/no-refid-unasked', 'known', broken),
    ],
  }

  test('adds what fails, and leaves every other byte alone', () => {
    const before = '# why\n- rule: query/no-refid-unasked # here\n  reason: r\n'
    const after = addKnownIssues(before, report)
    expect(after.startsWith(before)).toBe(true)
    expect(parse(after).map((issue) => [issue.rule, issue.reason])).toEqual([
      ['query/no-refid-unasked', 'r'],
      ['query/every-refid-answered', NO_REASON_YET],
    ])
    expect(parse(addKnownIssues('', report))).toHaveLength(1)
  })

  test('removes what is stale, and keeps comments', () => {
    const before = [
      '# why',
      '- rule: query/status-is-explicit',
      '  reason: old',
      '# the second',
      '- rule: query/no-refid-unasked # here',
      '  reason: r',
      '',
    ].join('\n')
    const after = pruneKnownIssues(before, report)
    expect(after).toContain('# the second')
    expect(after).toContain('# here')
    expect(parse(after).map((issue) => issue.rule)).toEqual(['query/no-refid-unasked'])
    expect(pruneKnownIssues(after, report)).toBe(after)
  })
})
