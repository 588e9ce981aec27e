import { readFile } from 'node:fs/promises'

import { describe, expect, test } from 'vitest'

import type { Comparison } from './compare-answers.ts'
import { withFidelitySection } from './fidelity-section.ts'
import { knownDifferences, knownReason } from './known-differences.ts'
import { projectFidelity } from './project-fidelity.ts'

const comparisons = await projectFidelity('.')

function idsOf(prefix: RegExp): readonly Comparison[] {
  const some = comparisons.filter(({ id }) => prefix.test(id))
  if (some.length === 0) throw new Error(`No recording was compared whose id fits ${prefix.source}.`)
  return some
}

function unexplained(some: readonly Comparison[]): readonly Comparison[] {
  return some.filter(
    ({ id, version, differences }) => differences.length > 0 && knownReason(id, version) === undefined,
  )
}

describe('the mapping gives what two Grafanas gave for', () => {
  test('every query as both Grafanas did (DATA-306, DATA-308)', () => {
    expect(unexplained(idsOf(/^[bc]-/))).toEqual([])
  })

  test('a query with a frame that cannot be decoded (DATA-211)', () => {
    expect(unexplained(idsOf(/^c-(bad|labels-bad|config-bad|meta-bad)/))).toEqual([])
  })

  test('a query that fails with a gRPC status (DATA-211)', () => {
    expect(unexplained(idsOf(/^c-grpc/))).toEqual([])
  })

  test('a resource call: status, headers and body (RES-206)', () => {
    expect(unexplained(idsOf(/^d-/))).toEqual([])
  })

  test('a resource call that fails with a gRPC status, early or late (RES-213)', () => {
    expect(unexplained(idsOf(/^(d-grpc|h-kill-resource)/))).toEqual([])
  })

  test('a health check (HEALTH-002)', () => {
    expect(unexplained(idsOf(/^e-/))).toEqual([])
  })

  test('a health check that is not implemented (HEALTH-009)', () => {
    expect(unexplained(idsOf(/^e-(ds|app)-grpc-12$/))).toEqual([])
  })

  test('metrics (METRICS-002)', () => {
    expect(unexplained(idsOf(/^f-/))).toEqual([])
  })

  test('a subscription (STREAM-104)', () => {
    expect(unexplained(idsOf(/^g-sub/))).toEqual([])
  })

  test('a subscription that fails with a gRPC status (STREAM-105)', () => {
    expect(unexplained(idsOf(/^g-sub-g\d/))).toEqual([])
  })

  test('a publication over the WebSocket and over HTTP (STREAM-401, STREAM-404)', () => {
    expect(unexplained(idsOf(/^g-publish/))).toEqual([])
  })

  test('a call during which the process dies (ERR-009)', () => {
    expect(unexplained(idsOf(/^h-/))).toEqual([])
  })

  test('a call that is cut off by the end of the server', () => {
    expect(unexplained(idsOf(/^k-/))).toEqual([])
  })
})

test('no known difference is stale', () => {
  const different = comparisons.filter(({ differences }) => differences.length > 0)
  const listed = knownDifferences.flatMap(({ ids, versions = ['10.4.3', '12.4.0'] }) =>
    ids.flatMap((id) => versions.map((version) => `${id} ${version}`)),
  )
  const found = different.map(({ id, version }) => `${id} ${version}`)
  expect(listed.toSorted()).toEqual(found.toSorted())
})

test('a recording that says something else is noticed', async () => {
  const { compareAnswers } = await import('./compare-answers.ts')
  const { projectExchanges } = await import('./project-fidelity.ts')
  const { newestProfile } = await import('../../context/profile.ts')
  const exchange = (await projectExchanges('.')).find(({ id }) => id === 'e-ds-ok')
  if (exchange === undefined) throw new Error('There is no recording e-ds-ok.')
  const other = { ...exchange, '12.4.0': { response: { status: 418, text: '{}' } } }
  const [comparison] = compareAnswers([other], [newestProfile])
  expect(comparison?.differences.map((one) => one.split(':')[0])).toEqual(['status', 'body'])
})

test('docs/fidelity.md has the figures of today (`npm run docs` writes them)', async () => {
  const document = await readFile('docs/fidelity.md', 'utf8')
  expect(document).toBe(withFidelitySection(document, comparisons))
})
