import { describe, expect, test } from 'vitest'

import { reference } from '../../reference-plugin/reference.ts'
import { catalogue } from '../catalogue.ts'
import { referenceSubject } from '../reference-subject.ts'
import { variationFolder } from '../variation-folder.ts'
import { mutants, oddballs } from '../variations.ts'
import { childSubject, explained, judge, needsProcess, rulesThat } from './judge.ts'

describe('law 1: the reference plugin', () => {
  test('upholds every rule as a process of its own', async () => {
    const report = await judge(await childSubject('dist/reference-plugin'), { contract: 'auto' })
    expect(
      report.rules.filter((rule) => rule.verdict.kind !== 'upheld'),
      explained(report),
    ).toEqual([])
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

describe('law 2: each mutant breaks exactly its rules', () => {
  test.each(mutants.map((mutant) => [mutant.id, mutant] as const))('%s', async (_, mutant) => {
    const expected = mutant.breaks.map((rule) => rule.id).sort()
    if ('mutate' in mutant && mutant.process !== 'child') {
      const report = await judge(await referenceSubject(mutant.mutate(reference)))
      expect(rulesThat(report, 'broken'), explained(report)).toEqual(expected)
      expect(rulesThat(report, 'harness-fault'), explained(report)).toEqual([])
      return
    }
    await using folder = await variationFolder(mutant)
    const report = await judge(await childSubject(folder.path))
    expect(rulesThat(report, 'broken'), explained(report)).toEqual(expected)
    expect(rulesThat(report, 'harness-fault'), explained(report)).toEqual([])
  })

  test('every rule has a mutant that breaks it', () => {
    const broken = new Set(mutants.flatMap((mutant) => mutant.breaks.map((rule) => rule.id)))
    expect(catalogue.rules.map((rule) => rule.id).filter((id) => !broken.has(id))).toEqual([])
  })
})

describe('law 3: no oddball breaks anything', () => {
  test.each(oddballs.map((oddball) => [oddball.id, oddball] as const))('%s', async (_, oddball) => {
    if (oddball.process === 'child') {
      await using folder = await variationFolder(oddball)
      const report = await judge(await childSubject(folder.path))
      expect(
        [...rulesThat(report, 'broken'), ...rulesThat(report, 'harness-fault')],
        explained(report),
      ).toEqual([])
      return
    }
    const report = await judge(await referenceSubject(oddball.vary(reference)))
    expect(
      [...rulesThat(report, 'broken'), ...rulesThat(report, 'harness-fault')],
      explained(report),
    ).toEqual([])
  })
})
