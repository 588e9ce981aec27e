import { describe, expect, test } from 'vitest'

import { defaultBudgets } from '../../host/budgets.ts'
import { newestProfile } from '../../host/context/profile.ts'
import { reference } from '../../reference-plugin/reference.ts'
import { referenceSubject } from '../reference-subject.ts'
import { defineCase } from './case.ts'
import type { CaseContext } from './case-context.ts'
import type { PausedAt } from './pause.ts'
import type { Report } from './report.ts'
import { defineRules } from './rule.ts'
import { run } from './run.ts'
import { noSamples } from './samples.ts'

const definition = {
  statement: 's',
  level: 'must',
  consequence: 'c',
  sources: [{ spec: 'DATA-201' }],
} as const
const rules = defineRules('query', { one: definition, two: definition, three: definition })

/** What the cases of a run did, in order. */
type Log = string[]

function world(log: Log) {
  const speaks = (t: CaseContext, tag: string): void => {
    log.push(`${tag} runs with ${t.budgets.call === defaultBudgets.call ? 'its budget' : 'time'}`)
  }
  const cases = [
    defineCase({
      id: 'query/shared',
      title: 't',
      judges: [rules.one],
      process: 'shared',
      variants: ['a', 'b'],
      async run(t) {
        speaks(t, `shared#${t.variant}`)
        t.answered(await t.plugin.diagnostics.checkHealth({ pluginContext: t.context() }))
        t.rule(rules.one).upheld()
      },
    }),
    defineCase({
      id: 'query/fresh',
      title: 't',
      judges: [rules.two],
      process: 'fresh',
      async run(t) {
        speaks(t, 'fresh')
        await t.up()
        log.push('fresh has a plugin')
        t.rule(rules.two).upheld()
      },
    }),
    defineCase({
      id: 'query/files',
      title: 't',
      judges: [rules.three],
      process: 'none',
      run: (t) => t.rule(rules.three).upheld(),
    }),
  ]
  return { rules: Object.values(rules), cases, observers: [] }
}

async function paused(
  before: string,
  log: Log,
  options: { readonly only?: readonly string[]; readonly at?: PausedAt[] } = {},
): Promise<Report> {
  return run({
    subject: { ...(await referenceSubject(reference)), directory: '/' },
    catalogue: world(log),
    profile: newestProfile,
    samples: noSamples,
    contract: 'any',
    budgets: defaultBudgets,
    seed: 1,
    jobs: 4,
    filter: { only: options.only ?? [], skip: [] },
    inherited: {},
    tool: { name: 'tests', version: '0' },
    pause: {
      before,
      wait(at) {
        log.push(`paused before ${at.tag}`)
        options.at?.push(at)
        return Promise.resolve()
      },
    },
  })
}

describe('a pause for a debugger', () => {
  test('comes right before a shared case, when all others are done, and takes the budgets away from it alone', async () => {
    const log: Log = []
    const at: PausedAt[] = []
    const report = await paused('query/shared#a', log, { at })
    expect(log).toEqual([
      'shared#b runs with its budget',
      'paused before query/shared#a',
      'shared#a runs with time',
      'fresh runs with its budget',
      'fresh has a plugin',
    ])
    expect(at[0]?.address.kind).toBe('tcp')
    expect(report.exitCode).toBe(0)
  })

  test('comes before each variant where none is named', async () => {
    const log: Log = []
    await paused('query/shared', log)
    expect(log.filter((line) => line.startsWith('paused'))).toEqual([
      'paused before query/shared#a',
      'paused before query/shared#b',
    ])
  })

  test('comes when a fresh case has got its process', async () => {
    const log: Log = []
    await paused('query/fresh', log)
    expect(log.slice(-3)).toEqual(['fresh runs with time', 'paused before query/fresh', 'fresh has a plugin'])
  })

  test.each([
    ['query/shred', /There is no case "query\/shred"/, /Did you mean query\/shared\?/],
    ['query/shared#c', /There is no case/, /Did you mean query\/shared#[ab]\?/],
    ['query/files', /speaks to a running plugin/, undefined],
  ])('before %s is a usage error, and nothing is started', async (before, message, hint) => {
    const log: Log = []
    await expect(paused(before, log)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message) as string,
      ...(hint === undefined ? {} : { hint: expect.stringMatching(hint) as string }),
    })
    expect(log).toEqual([])
  })

  test('before a case that is not selected is a usage error', async () => {
    const only = ['query/fresh']
    await expect(paused('query/shared', [], { only })).rejects.toMatchObject({
      code: 'usage',
      hint: 'Select it as well: --only query/shared.',
    })
  })
})
