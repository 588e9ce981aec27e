import { describe, expect, test } from 'vitest'

import type { Verdict, VerdictKind } from './verdict.ts'
import { worstFirst, worstVerdict } from './verdict.ts'

const examples: Readonly<Record<VerdictKind, Verdict>> = {
  'harness-fault': { kind: 'harness-fault', error: 'e' },
  broken: { kind: 'broken', expected: 'e', actual: 'a' },
  unreached: { kind: 'unreached', because: 'b' },
  unverified: { kind: 'unverified', missing: 'm' },
  upheld: { kind: 'upheld' },
  inapplicable: { kind: 'inapplicable', undeclared: 'u' },
}

const worstOf = (...kinds: readonly VerdictKind[]): VerdictKind =>
  worstVerdict(kinds.map((kind) => examples[kind])).kind

describe('the verdict on a rule', () => {
  const pairs = worstFirst.flatMap((worse, index) =>
    worstFirst.slice(index + 1).map((better) => [worse, better] as const),
  )

  test.each(pairs.filter(([worse, better]) => !(worse === 'unverified' && better === 'upheld')))(
    'is %s when another case says %s, in any order',
    (worse, better) => {
      expect(worstOf(worse, better)).toBe(worse)
      expect(worstOf(better, worse)).toBe(worse)
    },
  )

  test('stays upheld when another case could not be tried', () => {
    expect(worstOf('unverified', 'upheld')).toBe('upheld')
    expect(worstOf('upheld', 'unverified')).toBe('upheld')
  })

  test('does not stay upheld when another case was cut short', () => {
    expect(worstOf('upheld', 'unverified', 'unreached')).toBe('unreached')
  })

  test('is a fault of ours when nobody judged', () => {
    expect(worstOf()).toBe('harness-fault')
  })

  test('keeps the words of the first of equally bad cases', () => {
    const first: Verdict = { kind: 'broken', expected: 'one', actual: 'two' }
    expect(worstVerdict([examples.upheld, first, examples.broken])).toEqual(first)
  })
})
