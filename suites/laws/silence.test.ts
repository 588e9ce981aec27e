import { describe, expect, test } from 'vitest'

import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { reference } from '../../reference-plugin/reference.ts'
import { referenceSubject } from '../reference-subject.ts'
import { explained, judge } from './judge.ts'

const { process: started, services, transport } = reference

/** Every service off: each call is answered with UNIMPLEMENTED. */
const nothingRegistered = Object.fromEntries(Object.keys(services).map((name) => [name, false])) as Record<
  keyof typeof services,
  boolean
>

/** Subjects that do nothing good, by what they do instead. */
const silent: Readonly<Record<string, Behaviour>> = {
  'exits at once': {
    ...reference,
    process: { ...started, cookie: () => ({ kind: 'refuse', message: 'no', exitCode: 1 }) },
  },
  'says nothing': { ...reference, process: { ...started, start: () => new Promise(() => {}) } },
  'closes every connection': { ...reference, transport: { ...transport, onConnection: () => 'refuse' } },
  'answers everything with UNIMPLEMENTED': { ...reference, services: nothingRegistered },
  'answers with garbage': {
    ...reference,
    transport: { ...transport, send: () => Uint8Array.of(0xff, 0xff, 0xff) },
  },
}

/** Areas whose rules ask a plugin to do something. A line that was printed or a refusal that was given are no silence. */
const positive = [
  'query',
  'chunked',
  'frame',
  'dataplane',
  'alerting',
  'resource',
  'health',
  'metrics',
  'stream',
  'admission',
  'conversion',
  'context',
  'trace',
]

describe('law 4: a silent subject upholds nothing', () => {
  test.each(Object.entries(silent))('that %s', async (_, behaviour) => {
    const report = await judge(await referenceSubject(behaviour))
    const upheld = report.rules.filter(
      (rule) => rule.verdict.kind === 'upheld' && positive.includes(rule.id.split('/')[0] ?? ''),
    )
    expect(
      upheld.map((rule) => rule.id),
      explained(report),
    ).toEqual([])
    expect(report.rules.filter((rule) => rule.verdict.kind === 'harness-fault')).toEqual([])
  })
})
