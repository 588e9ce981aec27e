import { describe, expect, test } from 'vitest'

import { reference } from '../../reference-plugin/reference.ts'
import { catalogue } from '../catalogue.ts'
import type { Mutant } from '../kernel/mutant.ts'
import type { Oddball } from '../kernel/oddball.ts'
import type { Report } from '../kernel/report.ts'
import type { Area, Rule } from '../kernel/rule.ts'
import { referenceSubject } from '../reference-subject.ts'
import { variationFolder } from '../variation-folder.ts'
import { childSubject, explained, judge, rulesThat } from './judge.ts'

/** With LAWS=whole every variation meets every case; otherwise heavy cases meet only those whose rules they judge. */
const whole = process.env['LAWS'] === 'whole'

/** Law 2: each mutant of the area breaks exactly its rules. Law 3: no oddball of the area breaks anything. */
export function areaLaws(area: Area, mutants: readonly Mutant[], oddballs: readonly Oddball[]): void {
  describe(`law 2: each mutant of ${area} breaks exactly its rules`, () => {
    test.each(mutants.map((mutant) => [mutant.id, mutant] as const))('%s', async (_, mutant) => {
      const report = await judgeVariation(mutant, mutant.breaks)
      expect(rulesThat(report, 'broken'), explained(report)).toEqual(
        mutant.breaks.map((rule) => rule.id).sort(),
      )
      expect(rulesThat(report, 'harness-fault'), explained(report)).toEqual([])
    })
  })

  // The files of an area leave no latitude, so it has no oddballs.
  if (oddballs.length === 0) return
  describe(`law 3: no oddball of ${area} breaks anything`, () => {
    test.each(oddballs.map((oddball) => [oddball.id, oddball] as const))('%s', async (_, oddball) => {
      const rules = catalogue.rules.filter((rule) => rule.area === area)
      const report = await judgeVariation(oddball, rules)
      expect(
        [...rulesThat(report, 'broken'), ...rulesThat(report, 'harness-fault')],
        explained(report),
      ).toEqual([])
    })
  })
}

async function judgeVariation(variation: Mutant | Oddball, about: readonly Rule[]): Promise<Report> {
  const filter = { only: [], skip: whole ? [] : heavyCases(about) }
  if (variation.process === 'child' || variation.process === 'folder') {
    await using folder = await variationFolder(variation)
    return await judge(await childSubject(folder.path), { filter })
  }
  const behaviour =
    'vary' in variation
      ? variation.vary(reference)
      : 'mutate' in variation
        ? variation.mutate(reference)
        : reference
  return judge(await referenceSubject(behaviour), { filter })
}

function heavyCases(about: readonly Rule[]): readonly string[] {
  const ids = new Set(about.map((rule) => rule.id))
  return catalogue.cases
    .filter((one) => one.heavy === true && !one.judges.some((rule) => ids.has(rule.id)))
    .map((one) => one.id)
}
