import { expect, test } from 'vitest'

import { createCanaries } from '../../host/context/canaries.ts'
import { defineCase } from '../kernel/case.ts'
import { CaseEnded } from '../kernel/case-ended.ts'
import { CaseVerdicts } from '../kernel/case-verdicts.ts'
import { seededRandom } from '../kernel/random.ts'
import type { Verdict } from '../kernel/verdict.ts'
import type { Outcome } from './outcome.ts'
import { rules } from './rules.ts'
import { sameOutcome } from './same-outcome.ts'

const canaries = createCanaries(seededRandom(1, 'canaries'))

const data: Outcome = { key: 'data', text: 'data', kind: 'answered' }
const error: Outcome = { key: 'error', text: `refused by ${canaries.secrets['password']}`, kind: 'answered' }
const failed: Outcome = { key: 'status 2', text: 'UNKNOWN (2)', kind: 'failed' }
const denied: Outcome = { key: 'error', text: 'status 403', kind: 'refused' }
const unimplemented: Outcome = { key: 'status 12', text: 'UNIMPLEMENTED (12)', kind: 'unimplemented' }
const died: Outcome = { key: 'died', text: 'the process ended', kind: 'died' }

/** Plays outcomes one after the other; the last one stays. */
function playing(outcomes: readonly Outcome[]): () => Promise<Outcome> {
  const left = [...outcomes]
  return () => Promise.resolve((left.length > 1 ? left.shift() : left[0]) ?? died)
}

async function verdict(
  ...pairs: ReadonlyArray<readonly [plain: readonly Outcome[], changed: readonly Outcome[]]>
): Promise<Verdict | undefined> {
  const rule = rules['any-user-is-served']
  const judged = defineCase({ id: 'context/x', title: '', judges: [rule], process: 'shared', async run() {} })
  const verdicts = new CaseVerdicts(judged)
  await sameOutcome(
    // The rule of this case is the only one that is asked for.
    { canaries, rule: () => verdicts.judge(rule) },
    rule,
    pairs.map(([plain, changed]) => ({ method: 'Call', plain: playing(plain), changed: playing(changed) })),
  )
  return verdicts.finish('', 0)[0]?.verdict
}

test('equal answers uphold the rule, equal errors in band too', async () => {
  expect(await verdict([[data], [data]], [[error], [error]])).toEqual({ kind: 'upheld' })
})

test('answers that differ twice break it, and the words hold no secret', async () => {
  expect(await verdict([[data], [data]], [[data], [error]])).toEqual({
    kind: 'broken',
    expected: 'Call: data',
    actual: 'refused by [redacted password]',
  })
})

test('a moody backend breaks nothing', async () => {
  expect(await verdict([[data], [error, data]])).toMatchObject({ kind: 'unverified' })
  expect(await verdict([[data, error], [error]])).toMatchObject({ kind: 'unverified' })
})

test('a plain refusal may be documented', async () => {
  expect(await verdict([[data], [denied]])).toMatchObject({ kind: 'unverified' })
})

test('calls that fail as a whole either way show nothing', async () => {
  expect(await verdict([[failed], [failed]])).toMatchObject({ kind: 'unverified' })
})

test('a call that fails as a whole although it was answered before breaks it', async () => {
  expect(await verdict([[error], [failed]])).toMatchObject({ kind: 'broken', actual: 'UNKNOWN (2)' })
})

test('methods that are not there are left out', async () => {
  expect(await verdict([[unimplemented], [unimplemented]])).toMatchObject({ kind: 'inapplicable' })
  expect(await verdict([[unimplemented], [unimplemented]], [[data], [data]])).toEqual({ kind: 'upheld' })
})

test('a death ends the case, so that it can be tried alone', async () => {
  await expect(verdict([[data], [died]])).rejects.toBeInstanceOf(CaseEnded)
})
