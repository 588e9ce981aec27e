import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { defaultBudgets } from '../host/budgets.ts'
import { newestProfile } from '../host/context/profile.ts'
import { resolveSubject } from '../host/launch/resolve-subject.ts'
import { reference } from '../reference-plugin/reference.ts'
import { catalogue } from '../suites/catalogue.ts'
import { judgedSubject } from '../suites/judged-subject.ts'
import type { Catalogue } from '../suites/kernel/catalogue.ts'
import { run } from '../suites/kernel/run.ts'
import { noSamples } from '../suites/kernel/samples.ts'
import type { JudgedSubject } from '../suites/kernel/subject.ts'
import { referenceSubject } from '../suites/reference-subject.ts'
import { holdings } from './holdings.ts'
import type { Holdings } from './holdings.ts'

/** What a run may add to the reachable memory; a thousand bytes are noise, a report that stays reachable is a hundred times that. */
const HEAP_PER_RUN = 4 * 1024
/** What a run may add to all memory, of which Node gives nothing back soon. */
const RSS_PER_RUN = 256 * 1024

const modes: ReadonlyArray<{
  readonly name: string
  readonly cases: RegExp
  readonly subject: () => Promise<JudgedSubject>
}> = [
  {
    name: 'child process',
    cases:
      /^(health\/twice|query\/several-refids|resource\/known-bodies|stream\/scripted-stream|lifecycle\/stop)$/,
    async subject() {
      const folder = fileURLToPath(new URL('../reference-plugin', import.meta.url))
      return judgedSubject(await resolveSubject(folder, { cwd: process.cwd() }))
    },
  },
  {
    name: 'in this process',
    cases: /^(health\/twice|query|resource\/known|stream\/(scripted|two)|admission|lifecycle\/(stop|kill))/,
    subject: () => referenceSubject(reference),
  },
]

/** Judges the reference plugin again and again and looks what stays; true when nothing grows. */
export async function leaks(options: { readonly runs: number; readonly every: number }): Promise<boolean> {
  let tidy = true
  const before = process.env['TMPDIR']
  const temporary = mkdtempSync(join(tmpdir(), 'gpc-bench-'))
  process.env['TMPDIR'] = temporary
  try {
    for (const mode of modes) {
      console.log(`\n${mode.name}, ${options.runs} runs\n`)
      const looks = await repeat(await mode.subject(), part(mode.cases), options)
      tidy = nothingGrows(looks, options.every) && tidy
    }
    const files = readdirSync(temporary)
    if (files.length > 0) console.log(`\nfiles left behind: ${files.join(', ')}`)
    return tidy && files.length === 0
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
    rmSync(temporary, { recursive: true, force: true })
  }
}

/** These cases, all observers, and their rules. */
function part(ids: RegExp): Catalogue {
  const cases = catalogue.cases.filter((one) => ids.test(one.id))
  const judged = new Set(
    [...cases, ...catalogue.observers].flatMap((one) => one.judges.map((rule) => rule.id)),
  )
  return { ...catalogue, cases, rules: catalogue.rules.filter((rule) => judged.has(rule.id)) }
}

async function repeat(
  subject: JudgedSubject,
  tried: Catalogue,
  { runs, every }: { readonly runs: number; readonly every: number },
): Promise<readonly Holdings[]> {
  const looks: Holdings[] = []
  console.log('   run    fds  handles  listeners  children  heap MiB  RSS MiB   ms a run')
  let began = performance.now()
  for (let number = 1; number <= runs; number++) {
    await run({
      subject,
      catalogue: tried,
      profile: newestProfile,
      samples: noSamples,
      contract: 'scripted',
      budgets: { ...defaultBudgets, watch: 100 },
      seed: number,
      jobs: 8,
      filter: { only: [], skip: [] },
      inherited: {},
      tool: { name: 'bench', version: '0' },
    })
    if (number % every !== 0) continue
    const look = await holdings()
    looks.push(look)
    const ms = (performance.now() - began) / every
    console.log(
      [
        number,
        look.fds,
        look.handles,
        look.listeners,
        look.children,
        mebibytes(look.heap),
        mebibytes(look.rss),
        Math.round(ms),
      ]
        .map((value, column) => String(value).padStart([6, 7, 9, 11, 10, 10, 9, 11][column] ?? 8))
        .join(''),
    )
    began = performance.now()
  }
  return looks
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1)
}

/** Compares the second quarter of the looks, when all code is warm, with the last. */
function nothingGrows(looks: readonly Holdings[], every: number): boolean {
  const quarter = Math.max(1, Math.floor(looks.length / 4))
  const early = looks.slice(quarter, 2 * quarter)
  const late = looks.slice(-quarter)
  const apart = (looks.length - 2 * quarter) * every
  const grown = (key: keyof Holdings): number =>
    median(late.map((one) => one[key])) - median(early.map((one) => one[key]))
  const findings = [
    ...(['fds', 'handles', 'listeners', 'children'] as const)
      .filter((key) => grown(key) > 0)
      .map((key) => `${grown(key)} ${key} more after ${apart} runs`),
    ...(
      [
        ['heap', HEAP_PER_RUN],
        ['rss', RSS_PER_RUN],
      ] as const
    )
      .filter(([key, allowed]) => grown(key) / apart > allowed)
      .map(
        ([key, allowed]) =>
          `${key} grows by ${kibibytes(grown(key) / apart)} a run; ${kibibytes(allowed)} are noise`,
      ),
  ]
  const slopes = `heap ${kibibytes(grown('heap') / apart)}, RSS ${kibibytes(grown('rss') / apart)} a run`
  console.log(
    findings.length === 0 ? `\nnothing grows (${slopes})` : `\nit leaks: ${findings.join('; ')} (${slopes})`,
  )
  return findings.length === 0
}

function kibibytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
