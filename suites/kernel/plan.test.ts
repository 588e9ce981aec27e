import { describe, expect, test } from 'vitest'

import { select } from './filter.ts'
import { needs } from './need.ts'
import { planCases } from './plan.ts'
import { noSamples } from './samples.ts'
import type { Samples } from './samples.ts'
import type { Contract } from './subject.ts'
import { tinyCase, tinyRules, tinySubject } from './tiny-catalogue.ts'

const judges = [tinyRules.first] as const

function plan(
  cases: ReadonlyArray<ReturnType<typeof tinyCase>>,
  inputs: { subject?: Parameters<typeof tinySubject>[0]; contract?: Contract; samples?: Samples } = {},
) {
  const catalogue = { rules: Object.values(tinyRules), cases, observers: [] }
  return planCases(catalogue, select(catalogue, { only: [], skip: [] }), {
    subject: tinySubject(inputs.subject),
    contract: inputs.contract ?? 'any',
    samples: inputs.samples ?? noSamples,
  })
}

describe('a plan', () => {
  test('has one item a variant, in the order of declaration, each with a tag of its own', () => {
    const cases = [
      tinyCase({ id: 'query/b', judges, variants: ['long', 'short'] }),
      tinyCase({ id: 'query/a', judges }),
    ]
    expect(plan(cases).map((item) => item.tag)).toEqual(['query/b#long', 'query/b#short', 'query/a'])
  })

  test('skips nothing that has no needs', () => {
    expect(plan([tinyCase({ id: 'query/a', judges })])[0]?.skip).toBeUndefined()
  })

  const situations = [
    [needs.scripted, { contract: 'scripted' }, 'unverified'],
    [
      needs.streaming,
      { subject: { declares: { ...tinySubject().declares, streaming: true } } },
      'inapplicable',
    ],
    [needs.app, { subject: { type: 'app' } }, 'inapplicable'],
    [
      needs.sampleQuery,
      { samples: { ...noSamples, queries: [{ name: 'q', model: {}, expect: 'data' }] } },
      'unverified',
    ],
  ] as const

  test.each(situations)('skips a case whose need %o is not met, and only then', (need, met, verdict) => {
    const cases = [tinyCase({ id: 'query/a', judges, needs: [need] })]
    expect(plan(cases)[0]?.skip?.kind).toBe(verdict)
    expect(plan(cases, met)[0]?.skip).toBeUndefined()
  })

  test('wants a child process where signals are sent', () => {
    const cases = [tinyCase({ id: 'query/a', judges, needs: [needs.childProcess] })]
    expect(plan(cases, { subject: { start: 'in-process' } })[0]?.skip?.kind).toBe('unverified')
    expect(plan(cases)[0]?.skip).toBeUndefined()
  })

  test('wants a folder for cases that look at files', () => {
    const cases = [tinyCase({ id: 'query/a', judges })]
    expect(plan(cases, { subject: { directory: undefined } })[0]?.skip?.kind).toBe('unverified')
  })

  test('can not judge the start of an attached plugin', () => {
    const cases = [tinyCase({ id: 'query/a', judges, process: 'start' })]
    expect(plan(cases, { subject: { start: 'attached' } })[0]?.skip?.kind).toBe('unverified')
  })

  test('says what the plugin does not declare before what the harness lacks', () => {
    const cases = [tinyCase({ id: 'query/a', judges, needs: [needs.scripted, needs.streaming] })]
    expect(plan(cases)[0]?.skip?.kind).toBe('inapplicable')
  })
})
