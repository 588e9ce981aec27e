import { describe, expect, test } from 'vitest'

import { catalogue } from '../catalogue.ts'
import { foldReport } from '../kernel/fold-report.ts'
import type { RunEvent } from '../kernel/run-events.ts'
import { hostileReport } from '../writers/hostile-report.ts'
import { readReport } from './read-report.ts'
import { recordLine } from './record-line.ts'

const { tool, edition, grafana, seed, subject } = hostileReport
const [rule] = catalogue.rules
const verdict = { kind: 'broken', expected: 'a\nb', actual: '😀' } as const

const events: readonly RunEvent[] = [
  {
    kind: 'run-started',
    frame: { tool, edition, grafana, seed, subject, known: [], strict: false, requireComplete: false },
    rules: [rule?.id ?? ''],
    cases: 2,
  },
  { kind: 'contract', contract: 'scripted' },
  {
    kind: 'case-ended',
    tag: 'x',
    verdicts: [{ rule: rule?.id ?? '', case: 'x', variant: '', ms: 1, verdict, evidence: [] }],
  },
  { kind: 'case-ended', tag: 'y', verdicts: [] },
  { kind: 'run-ended', ms: 5, interrupted: false },
]
const record = events.map((event) => recordLine(event)).join('')

describe('a recorded run', () => {
  test('folds into the report of that run', () => {
    expect(readReport(record, 'r.ndjson')).toEqual({
      report: JSON.parse(JSON.stringify(foldReport(events, catalogue))),
      missing: undefined,
    })
  })

  test('cut off at any place is recognised as cut off, or says that it is no record', () => {
    for (let end = 0; end < record.length; end++) {
      const read = (): ReturnType<typeof readReport> => readReport(record.slice(0, end), 'r.ndjson')
      const wholeFirstLine = end > record.indexOf('\n')
      if (!wholeFirstLine) expect(read).toThrow(/Expected r\.ndjson to begin/)
      else expect(read()).toMatchObject({ report: { complete: false, exitCode: 130 }, missing: { of: 2 } })
    }
  })

  test('says how many cases are missing', () => {
    const cut = record.slice(0, record.indexOf('"tag":"y"'))
    expect(readReport(cut, 'r.ndjson').missing).toEqual({ cases: 1, of: 2 })
  })

  test.each([
    ['{}\n', /Expected an event of a run in r\.ndjson:1/],
    ['not json\n', /Expected an event as JSON in r\.ndjson:1; found "not json"/],
    [`${record}oops\n`, /r\.ndjson:6/],
    [record.replace('"record":1', '"record":2'), /version 2/],
    ['{"report":7}', /Expected r\.ndjson to be a report of version 1; found version 7/],
    ['', /no whole line/],
  ])('that is none is refused: %j', (text, message) => {
    expect(() => readReport(text, 'r.ndjson')).toThrow(message)
  })
})

test('a report comes back as it was written', () => {
  const text = JSON.stringify(hostileReport)
  expect(readReport(text, 'r.json')).toEqual({ report: JSON.parse(text), missing: undefined })
})
