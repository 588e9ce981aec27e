import { describe, expect, test } from 'vitest'

import type { StartFault } from '../../host/launch/start-fault.ts'
import type { Report, ReportedRule } from '../kernel/report.ts'
import { grafanaTells } from '../kernel/verdict.ts'
import { renderBrokenRule } from './broken-rule.ts'
import { renderStartFault } from './start-fault.ts'
import { renderReport, renderSum } from './terminal.ts'
import { plainStyle } from './text.ts'

const again = { subject: './dist' }

function brokenRule(expected: string, actual: string): ReportedRule {
  const verdict = { kind: 'broken', expected, actual } as const
  return {
    id: 'query/every-refid-answered',
    level: 'must',
    statement: 'QueryData answers every refId that it was asked for.',
    consequence: 'the query without an answer shows "No data" and no error.',
    sources: [{ spec: 'DATA-201' }, { proto: 'QueryDataResponse.responses' }],
    verdict,
    standing: 'fail',
    cases: [{ id: 'query/several-refids', variant: 'two', ms: 12, verdict, evidence: [] }],
  }
}

const upheld: ReportedRule = {
  ...brokenRule('', ''),
  id: 'query/other',
  verdict: { kind: 'upheld' },
  standing: 'pass',
  cases: [],
}

function report(rules: readonly ReportedRule[], more: Partial<Report> = {}): Report {
  const counts = { upheld: 0, broken: 0, inapplicable: 0, unverified: 0, unreached: 0, 'harness-fault': 0 }
  for (const rule of rules) counts[rule.verdict.kind]++
  return {
    report: 1,
    tool: { name: 'grafana-plugin-conformance', version: '1.2.3' },
    edition: '2026.1',
    grafana: '12.4.0',
    contract: 'any',
    seed: 1,
    subject: { id: 'x', version: '1', command: './x', sha256: null },
    rules,
    counts,
    ms: 8_234,
    exitCode: 0,
    complete: true,
    ...more,
  }
}

describe('a broken rule', () => {
  test('is told as people expect it', () => {
    expect(
      renderBrokenRule(brokenRule('responses for A, B', 'responses for A'), again, plainStyle).join('\n'),
    ).toBe(
      [
        '✗ query/every-refid-answered  MUST            query/several-refids (two) · 12 ms',
        '  QueryData answers every refId that it was asked for.',
        '    expected  responses for A, B',
        '    actual    responses for A',
        '  In Grafana: the query without an answer shows "No data" and no error.',
        '  source  DATA-201, backend.proto QueryDataResponse.responses',
        '  again   npx grafana-plugin-conformance ./dist --only query/several-refids --trace',
      ].join('\n'),
    )
  })

  test('is told with what Grafana answers to the very call, before what that means', () => {
    const rule = brokenRule('responses for A, B', 'UNKNOWN (2)')
    const cases = rule.cases.map((one) => ({
      ...one,
      evidence: [{ label: grafanaTells, value: 'HTTP 500, "An error occurred within the plugin"' }],
    }))
    expect(renderBrokenRule({ ...rule, cases }, again, plainStyle).join('\n')).toContain(
      [
        '  In Grafana: HTTP 500, "An error occurred within the plugin"; the query without',
        '              an answer shows "No data" and no error.',
      ].join('\n'),
    )
  })

  test.each([
    ['text without end', 'x'.repeat(100_000)],
    ['line feeds and carriage returns', 'a\n\r\nb'.repeat(50)],
    ['colours and cursor movements', '\u001B[31mred\u001B[2J\u0007\u0000'],
    ['words without end', 'many words '.repeat(5_000)],
  ])('stays within twelve lines of 80 characters in spite of %s', (_, hostile) => {
    const lines = renderBrokenRule(brokenRule(hostile, hostile), again, plainStyle).join('\n').split('\n')
    expect(lines.length).toBeLessThanOrEqual(12)
    expect(lines.filter((line) => line.length > 80 && !line.startsWith('  again'))).toEqual([])
    expect(lines.join('')).not.toMatch(/\p{Cc}/u)
  })

  test('says the same with colour as without', () => {
    const plain = renderBrokenRule(brokenRule('a', 'b'), again, plainStyle).join('\n')
    const colored = renderBrokenRule(brokenRule('a', 'b'), again, { ...plainStyle, color: true }).join('\n')
    expect(colored).not.toBe(plain)
    // Colour codes alone make the difference.
    expect(colored.replaceAll(new RegExp(`${String.fromCodePoint(27)}\\[\\d+m`, 'g'), '')).toBe(plain)
  })
})

describe('a start that failed', () => {
  const fault: StartFault = {
    class: 'unasked-cert',
    what: 'Field 6 of the handshake is wrong.',
    field: 6,
    expected: 'nothing',
    found: 'a certificate',
    fix: 'Leave it out.',
    grafanaLog: 'panic: …',
    blast: 'server',
    firstLine: '1|2|tcp|127.0.0.1:1|grpc|MII',
    stderr: ['one', '\u001B[31mtwo'],
    exit: { code: null, signal: 'SIGSEGV' },
    ms: 41,
  }

  test('is told with what was seen, what Grafana does and what to do', () => {
    const text = renderStartFault(fault, plainStyle).join('\n')
    expect(text).toContain('the whole server exits')
    expect(text).toContain('signal: segmentation fault, 41 ms after the start')
    expect(text).toContain('Fix: Leave it out.')
    expect(text).toContain(String.raw`\x1b[31mtwo`)
  })

  test('stands alone, without a list of everything that it kept from being judged', () => {
    const unreached: ReportedRule = {
      ...upheld,
      verdict: { kind: 'unreached', because: 'x' },
      standing: 'unscored',
    }
    const text = renderReport(report([unreached, unreached], { startFault: fault }), again, plainStyle)
    expect(text).not.toContain('query/other')
    expect(text).toContain('2 not reached')
  })
})

describe('the sum', () => {
  test('counts what there is and leaves out what there is not', () => {
    expect(renderSum(report([upheld, upheld, brokenRule('a', 'b')]), plainStyle)).toBe(
      '2 upheld · 1 broken · 8.2 s',
    )
  })

  test('is the last line, after the rules that could not be judged and what they need', () => {
    const open: ReportedRule = {
      ...upheld,
      id: 'query/open',
      verdict: { kind: 'unverified', missing: 'queries in conformance.yaml' },
      standing: 'unscored',
    }
    const text = renderReport(report([upheld, open]), again, plainStyle)
      .trimEnd()
      .split('\n')
    expect(text).toContain('- not verified, needs queries in conformance.yaml')
    expect(text.at(-1)).toBe('1 upheld · 1 not verified · 8.2 s')
  })
})
