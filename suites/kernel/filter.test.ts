import { describe, expect, test } from 'vitest'

import { select } from './filter.ts'
import { defineRules } from './rule.ts'
import { tinyCase, tinyObserver, tinyRules } from './tiny-catalogue.ts'

const { first, second, third } = tinyRules

const catalogue = {
  rules: [first, second, third],
  cases: [
    tinyCase({ id: 'query/alpha', judges: [first, second] }),
    tinyCase({ id: 'query/beta', judges: [second] }),
  ],
  observers: [tinyObserver('query/watch', [third])],
}

function selected(only: readonly string[], skip: readonly string[] = []): readonly [string[], string[]] {
  const { rules, cases } = select(catalogue, { only, skip })
  return [[...rules].sort(), [...cases].sort()]
}

describe('a filter', () => {
  test('that names nothing selects everything', () => {
    expect(selected([])).toEqual([
      ['query/first', 'query/second', 'query/third'],
      ['query/alpha', 'query/beta'],
    ])
  })

  test('by rule selects that rule alone and every case that judges it', () => {
    expect(selected(['query/second'])).toEqual([['query/second'], ['query/alpha', 'query/beta']])
  })

  test('by case selects the rules of that case', () => {
    expect(selected(['query/alpha'])[0]).toEqual(['query/first', 'query/second'])
  })

  test('by observed rule runs all cases, because their events are what is watched', () => {
    expect(selected(['query/third'])).toEqual([['query/third'], ['query/alpha', 'query/beta']])
  })

  test('by area runs the cases of that area, and watches them', () => {
    const { other } = defineRules('health', {
      other: { statement: 's', consequence: 'c', level: 'must', sources: [{ spec: 'HEALTH-001' }] },
    })
    const wider = {
      ...catalogue,
      cases: [...catalogue.cases, tinyCase({ id: 'health/gamma', judges: [other] })],
    }
    const { rules, cases } = select(wider, { only: ['query/*'], skip: [] })
    expect([...rules].sort()).toEqual(['query/first', 'query/second', 'query/third'])
    expect([...cases]).toEqual(['query/alpha', 'query/beta'])
  })

  test('takes stars for any text', () => {
    expect(selected(['*/b*'])).toEqual([['query/second'], ['query/alpha', 'query/beta']])
    expect(selected(['query/*'])[0]).toHaveLength(3)
  })

  test('leaves out what is skipped, by rule or by case', () => {
    expect(selected([], ['query/first'])[0]).toEqual(['query/second', 'query/third'])
    expect(selected([], ['query/alpha'])).toEqual([['query/second', 'query/third'], ['query/beta']])
  })

  test('takes dots and brackets literally', () => {
    expect(() => select(catalogue, { only: ['query.first'], skip: [] })).toThrow(/No rule, case or observer/)
    expect(() => select(catalogue, { only: ['query/[f]irst'], skip: [] })).toThrow(
      /No rule, case or observer/,
    )
  })

  test.each(['only', 'skip'])('with an unknown name in --%s fails and offers the nearest', (list) => {
    const filter = { only: [], skip: [], [list]: ['query/secnod'] }
    expect(() => select(catalogue, filter)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('query/second') }),
    )
  })
})
