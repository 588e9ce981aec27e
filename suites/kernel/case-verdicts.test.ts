import { describe, expect, test } from 'vitest'

import { CaseVerdicts } from './case-verdicts.ts'
import { tinyCase, tinyRules } from './tiny-catalogue.ts'

const { first, second } = tinyRules
const judged = tinyCase({ id: 'query/both', judges: [first, second] })

function verdicts(collected: CaseVerdicts): Readonly<Record<string, string>> {
  return Object.fromEntries(collected.finish('', 1).map(({ rule, verdict }) => [rule, verdict.kind]))
}

describe('the conclusions of a case', () => {
  test('are one for each listed rule', () => {
    const collected = new CaseVerdicts(judged)
    collected.judge(first).upheld()
    collected.judge(second).unverified('a sample')
    expect(verdicts(collected)).toEqual({ [first.id]: 'upheld', [second.id]: 'unverified' })
  })

  test('keep the first broken, whatever comes later', () => {
    const collected = new CaseVerdicts(judged)
    const judge = collected.judge(first)
    judge.upheld()
    judge.broken('one', 'two')
    judge.broken('three', 'four')
    judge.upheld()
    judge.inapplicable('this')
    const [verdict] = collected.finish('', 1)
    expect(verdict?.verdict).toEqual({ kind: 'broken', expected: 'one', actual: 'two' })
    expect(collected.broken).toBe(true)
  })

  test('turn an open rule into a fault of ours that names case and rule', () => {
    const collected = new CaseVerdicts(judged)
    collected.judge(first).upheld()
    const open = collected.finish('', 1).find(({ rule }) => rule === second.id)
    expect(open?.verdict).toEqual({
      kind: 'harness-fault',
      error: 'query/both left query/second without a conclusion',
    })
  })

  test('turn the conclusion of an unlisted rule into a fault of the whole case', () => {
    const collected = new CaseVerdicts(tinyCase({ id: 'query/one', judges: [first] }))
    collected.judge(first).upheld()
    collected.judge(second).upheld()
    expect(collected.finish('', 1).map(({ verdict }) => verdict)).toEqual([
      { kind: 'harness-fault', error: 'query/one concluded query/second, which it does not list' },
    ])
  })

  test('that are already there survive an early end of the case', () => {
    const collected = new CaseVerdicts(judged)
    collected.judge(first).upheld()
    collected.endOpen({ kind: 'unreached', because: 'it died' })
    expect(verdicts(collected)).toEqual({ [first.id]: 'upheld', [second.id]: 'unreached' })
  })

  test('carry variant, time and evidence', () => {
    const collected = new CaseVerdicts(judged)
    collected.note('answer', 'forty-two')
    collected.endOpen({ kind: 'upheld' })
    expect(collected.finish('long', 7)[0]).toMatchObject({
      case: 'query/both',
      variant: 'long',
      ms: 7,
      evidence: [{ label: 'answer', value: 'forty-two' }],
    })
  })
})
