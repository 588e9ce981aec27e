import { describe, expect, test } from 'vitest'

import type { HostEvent } from '../../host/events.ts'
import { reference } from '../../reference-plugin/reference.ts'
import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { catalogue } from '../catalogue.ts'
import type { Report } from '../kernel/report.ts'
import { explained, judge, needsProcess, rulesThat } from '../laws/judge.ts'
import { referenceSubject } from '../reference-subject.ts'
import { mutants, oddballs } from '../variations.ts'

function variation(id: string): Behaviour {
  const mutant = mutants.find((one) => one.id === id)
  if (mutant !== undefined && 'mutate' in mutant) return mutant.mutate(reference)
  const oddball = oddballs.find((one) => one.id === id)
  if (oddball === undefined) throw new TypeError(`there is no ${id}`)
  return oddball.vary(reference)
}

async function underAutoMtls(behaviour: Behaviour): Promise<Report> {
  const heavy = catalogue.cases.filter((one) => one.heavy === true).map((one) => one.id)
  return judge(await referenceSubject(behaviour), { autoMtls: true, filter: { only: [], skip: heavy } })
}

describe('a run under AutoMTLS', () => {
  test('judges everything but plaintext, and the reference plugin upholds it', async () => {
    const report = await underAutoMtls(reference)
    expect(rulesThat(report, 'inapplicable')).toEqual([
      'handshake/answers-in-plaintext',
      'handshake/no-certificate-unasked',
      'lifecycle/speaks-cleartext-http2',
    ])
    const open = report.rules.filter(
      ({ id, verdict }) =>
        verdict.kind !== 'upheld' && verdict.kind !== 'inapplicable' && !needsProcess(report, id),
    )
    expect(open, explained(report)).toEqual([])
    expect(report).toMatchObject({ exitCode: 0, autoMtls: true })
  })

  test('tells that a plugin does not offer it, and breaks nothing', async () => {
    const report = await underAutoMtls(variation('knows-nothing-of-automtls'))
    expect(report.startFault).toMatchObject({
      class: 'tls',
      what: expect.stringContaining('does not offer AutoMTLS'),
      tls: { problem: 'not-offered', plaintext: expect.stringContaining('starts and answers') },
    })
    expect(rulesThat(report, 'broken')).toEqual([])
    expect(report.exitCode).toBe(3)
  })

  test.each([
    ['dies-of-a-client-certificate', 'startup', 'tls/starts-when-asked'],
    ['has-a-common-name-alone', 'name', 'tls/certificate-names-localhost'],
    ['trusts-itself-instead-of-the-host', 'client-refused', 'tls/lets-the-host-in'],
    ['negotiates-nothing', 'protocol', 'tls/negotiates-http2'],
  ])('says of a plugin that %s which step failed and that plaintext passes', async (id, problem, rule) => {
    const report = await underAutoMtls(variation(id))
    expect(report.startFault?.tls).toMatchObject({
      problem,
      host: expect.stringContaining('ECDSA P-521'),
      plaintext: expect.stringContaining('starts and answers without PLUGIN_CLIENT_CERT'),
    })
    expect(rulesThat(report, 'broken')).toEqual([rule])
  })

  test('has the ordinary diagnosis for a plugin that does not start in plaintext either', async () => {
    const report = await underAutoMtls(variation('prints-a-banner-first'))
    expect(report.startFault).toMatchObject({ class: 'garbage', firstLine: 'Starting plugin...' })
    expect(report.startFault?.tls).toBeUndefined()
    expect(rulesThat(report, 'broken')).toEqual(['handshake/first-line-is-the-handshake'])
  })
})

describe('any other run', () => {
  test('asks for TLS in the case about it alone (LIFE-090)', async () => {
    const spawned: Extract<HostEvent, { kind: 'spawned' }>[] = []
    const only = ['tls/*', 'handshake/*']
    await judge(await referenceSubject(reference), {
      filter: { only, skip: [] },
      onEvent(event) {
        if (event.kind === 'host' && event.event.kind === 'spawned') spawned.push(event.event)
      },
    })
    const asked = spawned.filter(({ env }) => 'PLUGIN_CLIENT_CERT' in env)
    expect(asked.map(({ process }) => process)).toEqual(['tls/automtls/1', 'tls/automtls/2'])
    expect(spawned.length).toBeGreaterThan(5)
  })
})
