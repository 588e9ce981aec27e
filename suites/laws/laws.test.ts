import { describe, expect, test } from 'vitest'

import { reference } from '../../reference-plugin/reference.ts'
import { catalogue } from '../catalogue.ts'
import { referenceSubject } from '../reference-subject.ts'
import { mutants, oddballs } from '../variations.ts'
import { childSubject, explained, judge, needsProcess } from './judge.ts'

/** A whole run takes 13 s alone, and a minute beside ten others on two cores. */
const WHOLE_RUN_MS = 300_000

describe('law 1: the reference plugin', { timeout: WHOLE_RUN_MS }, () => {
  test('upholds every rule as a process of its own', async () => {
    const report = await judge(await childSubject('dist/reference-plugin'), { contract: 'auto' })
    const open = report.rules.filter((rule) => rule.verdict.kind !== 'upheld')
    expect(open, explained(report)).toEqual([])
    expect(report).toMatchObject({ exitCode: 0, complete: true, contract: 'scripted' })
  })

  test('upholds inside this process every rule that needs no process', async () => {
    const report = await judge(await referenceSubject(reference))
    const open = report.rules.filter(
      (rule) => rule.verdict.kind !== 'upheld' && !needsProcess(report, rule.id),
    )
    expect(open, explained(report)).toEqual([])
  })
})

describe('laws 2 and 3 (each area proves its own in laws.test.ts)', () => {
  test('every rule has a mutant that breaks it', () => {
    const broken = new Set(mutants.flatMap((mutant) => mutant.breaks.map((rule) => rule.id)))
    expect(catalogue.rules.map((rule) => rule.id).filter((id) => !broken.has(id))).toEqual([])
  })

  test('ids are unique', () => {
    for (const things of [
      catalogue.rules,
      [...catalogue.cases, ...catalogue.observers],
      [...mutants, ...oddballs],
    ]) {
      const ids = things.map((thing) => thing.id)
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    }
  })

  test('every rule is judged by a case or an observer, and names what a user sees', () => {
    const judged = new Set(
      [...catalogue.cases, ...catalogue.observers].flatMap((one) => one.judges.map((rule) => rule.id)),
    )
    expect(
      catalogue.rules
        .filter((rule) => !judged.has(rule.id) || rule.consequence === '')
        .map((rule) => rule.id),
    ).toEqual([])
  })
})
