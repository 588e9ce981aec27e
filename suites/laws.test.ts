import { describe, expect, test } from 'vitest'

import { defaultBudgets } from '../host/budgets.ts'
import { newestProfile } from '../host/context/profile.ts'
import { resolveSubject } from '../host/launch/resolve-subject.ts'
import { reference } from '../reference-plugin/reference.ts'
import { catalogue } from './catalogue.ts'
import { judgedSubject } from './judged-subject.ts'
import type { Report } from './kernel/report.ts'
import { run } from './kernel/run.ts'
import type { RunOptions } from './kernel/run-options.ts'
import { noSamples } from './kernel/samples.ts'
import type { JudgedSubject } from './kernel/subject.ts'
import { referenceSubject } from './reference-subject.ts'
import { variationFolder } from './variation-folder.ts'
import { mutants, oddballs } from './variations.ts'

/** Mutants that hang must not take half a minute each; the reference answers everything in a fraction of this. */
const budgets = {
  ...defaultBudgets,
  handshake: 4_000,
  connect: 3_000,
  call: 3_000,
  shutdownCall: 3_000,
  cancel: 2_000,
  firstPacket: 2_000,
}

function judge(subject: JudgedSubject, options: Partial<RunOptions> = {}): Promise<Report> {
  return run({
    subject,
    catalogue,
    profile: newestProfile,
    samples: noSamples,
    contract: 'scripted',
    budgets,
    seed: 1,
    jobs: 4,
    filter: { only: [], skip: [] },
    inherited: {},
    tool: { name: 'laws', version: '0' },
    ...options,
  })
}

async function childSubject(path: string): Promise<JudgedSubject> {
  return judgedSubject(await resolveSubject(path, { cwd: process.cwd() }))
}

function rulesThat(report: Report, kind: string): readonly string[] {
  return report.rules
    .filter((rule) => rule.verdict.kind === kind)
    .map((rule) => rule.id)
    .sort()
}

function explained(report: Report): string {
  return JSON.stringify(
    report.rules.filter((rule) => !['upheld', 'inapplicable'].includes(rule.verdict.kind)),
    undefined,
    1,
  )
}

/** Inside one process nothing can be said about processes and folders: such rules stay unverified there. */
function needsProcess(report: Report, id: string): boolean {
  const rule = report.rules.find((one) => one.id === id)
  return (
    rule?.verdict.kind === 'unverified' &&
    /process that this host starts|folder with a plugin.json/.test(rule.verdict.missing)
  )
}

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
