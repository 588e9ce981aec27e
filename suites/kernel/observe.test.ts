import { expect, test } from 'vitest'

import { createCanaries } from '../../host/context/canaries.ts'
import { newestProfile } from '../../host/context/profile.ts'
import type { HostEvent } from '../../host/events.ts'
import { reference } from '../../reference-plugin/reference.ts'
import { referenceSubject } from '../reference-subject.ts'
import { Observation } from './observe.ts'
import { defineObserver } from './observer.ts'
import { defineRules } from './rule.ts'

const rules = defineRules('stream', {
  quiet: {
    statement: 'A line says what it is.',
    level: 'may',
    consequence: 'nothing.',
    sources: [{ doc: 'this test' }],
  },
})

/** Takes each line of stdout for a conclusion. */
const obedient = defineObserver({
  id: 'stream/obedient',
  title: 'concludes what lines say',
  judges: [rules.quiet],
  watches: 'a line',
  watch: () => ({
    see(event, judge) {
      if (event.kind !== 'stdout') return
      if (event.line === 'upheld') judge.upheld(rules.quiet)
      else judge.inapplicable(rules.quiet, 'lines')
    },
  }),
})

async function verdictAfter(...lines: readonly string[]): Promise<string | undefined> {
  const observation = new Observation([obedient], {
    subject: await referenceSubject(reference),
    profile: newestProfile,
    canaries: createCanaries(() => 0),
  })
  for (const line of lines) observation.see(stdout(line))
  return observation.conclude()[0]?.verdict.kind
}

function stdout(line: string): HostEvent {
  return {
    kind: 'stdout',
    origin: 'plugin',
    at: 0,
    process: 'one',
    tag: undefined,
    line,
    bytes: 0,
    number: 2,
  }
}

test('a rule of which nothing was seen stays unverified', async () => {
  expect(await verdictAfter()).toBe('unverified')
})

test('a rule about something that the plugin does not offer is inapplicable', async () => {
  expect(await verdictAfter('nothing')).toBe('inapplicable')
})

test('what was seen outweighs what was said not to be offered', async () => {
  expect(await verdictAfter('upheld', 'nothing')).toBe('upheld')
})
