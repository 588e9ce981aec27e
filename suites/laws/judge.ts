import { defaultBudgets } from '../../host/budgets.ts'
import { newestProfile } from '../../host/context/profile.ts'
import { resolveSubject } from '../../host/launch/resolve-subject.ts'
import { catalogue } from '../catalogue.ts'
import { judgedSubject } from '../judged-subject.ts'
import type { Report } from '../kernel/report.ts'
import { run } from '../kernel/run.ts'
import type { RunOptions } from '../kernel/run-options.ts'
import { noSamples } from '../kernel/samples.ts'
import type { JudgedSubject } from '../kernel/subject.ts'

/** Mutants that hang must not take half a minute each; the reference answers everything in a fraction of this. */
export const lawBudgets = {
  ...defaultBudgets,
  handshake: 6_000,
  connect: 3_000,
  settings: 2_000,
  watch: 300,
  idle: 500,
  call: 6_000,
  shutdownCall: 3_000,
  cancel: 4_000,
  firstPacket: 2_000,
}

/** Judges a subject as the laws do: everything scored, scripted contract, fixed seed. */
export function judge(subject: JudgedSubject, options: Partial<RunOptions> = {}): Promise<Report> {
  return run({
    subject,
    catalogue,
    profile: newestProfile,
    samples: noSamples,
    contract: 'scripted',
    budgets: lawBudgets,
    seed: 1,
    // Most of a run is waiting, so much of it can wait at the same time.
    jobs: 16,
    filter: { only: [], skip: [] },
    inherited: {},
    tool: { name: 'laws', version: '0' },
    ...options,
  })
}

/** The subject in a plugin folder. */
export async function childSubject(path: string): Promise<JudgedSubject> {
  return judgedSubject(await resolveSubject(path, { cwd: process.cwd() }))
}

/** Ids of the rules with a verdict of this kind, sorted. */
export function rulesThat(
  report: Report,
  kind: Report['rules'][number]['verdict']['kind'],
): readonly string[] {
  return report.rules
    .filter((rule) => rule.verdict.kind === kind)
    .map((rule) => rule.id)
    .sort()
}

/** What a failing law prints: a line for every rule that is neither upheld nor inapplicable, and that this kind of subject could uphold. */
export function explained(report: Report): string {
  const open = report.rules.filter(
    (rule) => !['upheld', 'inapplicable'].includes(rule.verdict.kind) && !needsProcess(report, rule.id),
  )
  const lines = open.map(({ id, verdict, cases }) => {
    const places = cases
      .filter((one) => one.verdict.kind === verdict.kind)
      .map((one) => [one.id, one.variant, one.evidence])
    return `${id}: ${JSON.stringify(verdict)} in ${JSON.stringify(places)}`
  })
  return [...lines, ...(report.startFault === undefined ? [] : [JSON.stringify(report.startFault)])].join(
    '\n',
  )
}

/** Inside one process nothing can be said about processes and folders: such rules stay unverified there. */
export function needsProcess(report: Report, id: string): boolean {
  const rule = report.rules.find((one) => one.id === id)
  return (
    rule?.verdict.kind === 'unverified' &&
    /process that this host starts|folder with a plugin.json/.test(rule.verdict.missing)
  )
}
