import { describe, expect, test } from 'vitest'

import { defaultBudgets } from '../../host/budgets.ts'
import { newestProfile } from '../../host/context/profile.ts'
import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { reference } from '../../reference-plugin/reference.ts'
import type { Running } from '../../reference-plugin/running.ts'
import { untilAborted } from '../../reference-plugin/until-aborted.ts'
import { observers as lifecycleObservers } from '../lifecycle/running-observers.ts'
import { rules as lifecycle } from '../lifecycle/running-rules.ts'
import { referenceSubject } from '../reference-subject.ts'
import type { Case } from './case.ts'
import { defineCase } from './case.ts'
import type { Report } from './report.ts'
import type { Rule } from './rule.ts'
import { defineRules } from './rule.ts'
import { run } from './run.ts'
import { noSamples } from './samples.ts'

const definition = {
  statement: 's',
  level: 'must',
  consequence: 'c',
  sources: [{ spec: 'DATA-201' }],
} as const

const rules = defineRules('query', {
  one: definition,
  two: definition,
  three: definition,
  four: definition,
})

/** A shared case that asks one query with this refId and wants it answered. */
function asks(refId: string, rule: Rule) {
  return defineCase({
    id: `query/${refId}`,
    title: 't',
    judges: [rule],
    process: 'shared',
    async run(t) {
      const request = { pluginContext: t.context(), queries: [t.query({ refId })] }
      t.answered(await t.plugin.data.queryData(request))
      t.rule(rule).upheld()
    },
  })
}

/**
 * Dies of one query, in the first process only once `together` queries are in flight: no case there can end before.
 *
 * With `once` the later processes survive it.
 */
function diesAt(guilty: string, together: number, once = false): Behaviour {
  let first: Running | undefined
  let inFlight = 0
  let meet = (): void => {}
  const met = new Promise<void>((resolve) => {
    meet = resolve
  })
  return {
    ...reference,
    data: {
      ...reference.data,
      async queryData(request, call) {
        const isGuilty = request.queries[0]?.refId === guilty
        first ??= call.running
        if (call.running === first) {
          if (++inFlight === together) meet()
          await met
          if (!isGuilty) await untilAborted(call.signal)
        }
        if (isGuilty && (call.running === first || !once)) call.running.exit(2)
        return reference.data.queryData(request, call)
      },
    },
  }
}

async function judge(behaviour: Behaviour, cases: readonly Case[], jobs: number): Promise<Report> {
  // Rules that no case judges would be a fault of ours.
  const judged = Object.values(rules).filter((rule) => cases.some((one) => one.judges.includes(rule)))
  return run({
    subject: await referenceSubject(behaviour),
    catalogue: { rules: [...judged, lifecycle.survives], cases, observers: lifecycleObservers },
    profile: newestProfile,
    samples: noSamples,
    contract: 'any',
    budgets: { ...defaultBudgets, call: 5_000 },
    seed: 1,
    jobs,
    filter: { only: [], skip: [] },
    inherited: {},
    tool: { name: 't', version: '0' },
  })
}

function verdicts(report: Report): Readonly<Record<string, string>> {
  return Object.fromEntries(report.rules.map((rule) => [rule.id.split('/')[1], rule.verdict.kind]))
}

describe('when the shared process dies', () => {
  const cases = [
    asks('innocent-1', rules.one),
    asks('guilty', rules.two),
    asks('innocent-2', rules.three),
    asks('later', rules.four),
  ]

  test('the guilty case is found, those beside it are judged, and so are later ones', async () => {
    const report = await judge(diesAt('guilty', 3), cases, 3)
    expect(verdicts(report)).toEqual({
      one: 'upheld',
      two: 'unreached',
      three: 'upheld',
      four: 'upheld',
      survives: 'broken',
    })
    expect(report.exitCode).toBe(1)
  })

  test('the guilty case says how the process ended', async () => {
    const report = await judge(diesAt('guilty', 1), [asks('guilty', rules.two)], 1)
    const verdict = report.rules.find((rule) => rule.id === rules.two.id)?.verdict
    expect(verdict).toEqual({ kind: 'unreached', because: 'the process ended (exit status 2)' })
  })

  test('once and never again, every case is judged and the death is still told', async () => {
    const report = await judge(diesAt('guilty', 3, true), cases, 3)
    expect(verdicts(report)).toEqual({
      one: 'upheld',
      two: 'upheld',
      three: 'upheld',
      four: 'upheld',
      survives: 'broken',
    })
  })

  test('under a case that has found something broken, that case is not tried again', async () => {
    let runs = 0
    const complains = defineCase({
      id: 'query/complains',
      title: 't',
      judges: [rules.one],
      process: 'shared',
      async run(t) {
        runs++
        t.rule(rules.one).broken('silence', 'a noise')
        const request = { pluginContext: t.context(), queries: [t.query({ refId: 'guilty' })] }
        t.answered(await t.plugin.data.queryData(request))
      },
    })
    const report = await judge(diesAt('guilty', 1), [complains], 1)
    expect(verdicts(report)).toMatchObject({ one: 'broken', survives: 'broken' })
    expect(runs).toBe(1)
  })
})

test('a process that lives until the host ends it survives', async () => {
  const report = await judge(reference, [asks('innocent', rules.one)], 1)
  expect(verdicts(report)).toMatchObject({ one: 'upheld', survives: 'upheld' })
})
