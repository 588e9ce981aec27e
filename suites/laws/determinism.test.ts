import { describe, expect, test } from 'vitest'

import { reference } from '../../reference-plugin/reference.ts'
import { catalogue } from '../catalogue.ts'
import type { Report } from '../kernel/report.ts'
import { seededRandom } from '../kernel/random.ts'
import { referenceSubject } from '../reference-subject.ts'
import { mutants } from '../variations.ts'
import { judge } from './judge.ts'

/** The report without times: what has to be the same in every run. */
function timeless(report: Report): unknown {
  return JSON.parse(JSON.stringify(report, (key, value: unknown) => (key === 'ms' ? undefined : value)))
}

function verdicts(report: Report): Readonly<Record<string, string>> {
  return Object.fromEntries(report.rules.map((rule) => [rule.id, rule.verdict.kind]))
}

/** The same members in an order that depends on the seed alone. */
function shuffled<Member>(members: readonly Member[], seed: number): readonly Member[] {
  const random = seededRandom(seed, 'order')
  return members
    .map((member) => ({ member, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ member }) => member)
}

describe('law 5: order and concurrency change nothing', () => {
  test('the same seed gives the same report, times aside', async () => {
    const subject = await referenceSubject(reference)
    const [first, second] = [await judge(subject), await judge(subject)]
    expect(timeless(second)).toEqual(timeless(first))
  })

  test.each([1, 2, 16])('%i cases at once give the same verdicts', async (jobs) => {
    const subject = await referenceSubject(reference)
    expect(verdicts(await judge(subject, { jobs }))).toEqual(verdicts(await judge(subject, { jobs: 4 })))
  })

  test.each([1, 2, 3])('a shuffled catalogue gives the same verdicts (seed %i)', async (seed) => {
    const subject = await referenceSubject(reference)
    const mixed = {
      rules: catalogue.rules,
      cases: shuffled(catalogue.cases, seed),
      observers: shuffled(catalogue.observers, seed),
    }
    expect(verdicts(await judge(subject, { catalogue: mixed }))).toEqual(verdicts(await judge(subject)))
  })

  test('a mutant is caught in any order', async () => {
    const [mutant] = mutants.filter((one) => 'mutate' in one && one.process !== 'child')
    if (mutant === undefined || !('mutate' in mutant)) throw new Error('there is no mutant')
    const subject = await referenceSubject(mutant.mutate(reference))
    const reports = [await judge(subject, { jobs: 1 }), await judge(subject, { jobs: 16 })]
    for (const report of reports)
      expect(
        Object.entries(verdicts(report))
          .filter(([, kind]) => kind === 'broken')
          .map(([id]) => id),
      ).toEqual(mutant.breaks.map((rule) => rule.id).sort())
  })
})
