import { expect, test } from 'vitest'

import { createCanaries } from '../../host/context/canaries.ts'
import { newestProfile } from '../../host/context/profile.ts'
import type { HostEvent } from '../../host/events.ts'
import { reference } from '../../reference-plugin/reference.ts'
import { referenceSubject } from '../reference-subject.ts'
import { Observation } from './observe.ts'
import { defineObserver } from './observer.ts'
import type { Watch } from './observer.ts'
import { seededRandom } from './random.ts'
import { defineRules } from './rule.ts'

const rules = defineRules('logs', {
  quiet: {
    statement: 'Nothing is printed.',
    level: 'may',
    consequence: 'noise.',
    sources: [{ doc: 'a test' }],
  },
})

const printed: HostEvent = {
  kind: 'stdout',
  origin: 'plugin',
  at: 0,
  process: 'one',
  tag: undefined,
  line: 'hello',
  bytes: 5,
  number: 1,
}

async function observation(watch: Watch): Promise<Observation> {
  const observer = defineObserver({
    id: 'logs/silence',
    title: 'listens',
    judges: [rules.quiet],
    watches: 'a sound',
    watch: () => watch,
  })
  const canaries = createCanaries(seededRandom(1, 'canaries'))
  return new Observation([observer], {
    subject: await referenceSubject(reference),
    profile: newestProfile,
    canaries,
  })
}

test('an observer may conclude at the end of a run', async () => {
  let lines = 0
  const watching = await observation({
    see: () => void (lines += 1),
    end: (judge) => judge.broken(rules.quiet, printed, 'no line', `${lines} lines`),
  })
  watching.see(printed)
  watching.see(printed)
  expect(watching.conclude()[0]?.verdict).toEqual({ kind: 'broken', expected: 'no line', actual: '2 lines' })
})

test('an observer that fails at the end is our fault', async () => {
  const watching = await observation({
    see() {},
    end() {
      throw new Error('oops')
    },
  })
  expect(watching.conclude()[0]?.verdict).toEqual({
    kind: 'harness-fault',
    error: 'logs/silence: Error: oops',
  })
})
