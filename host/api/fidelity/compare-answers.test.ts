import { readFile } from 'node:fs/promises'

import { expect, test } from 'vitest'

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

test.each([
  ['every query (DATA-306, DATA-308)', /^[bc]-/],
  ['a query with a frame that cannot be decoded (DATA-211)', /^c-(bad|labels-bad|config-bad|meta-bad)/],
  ['a query that fails with a gRPC status (DATA-211)', /^c-grpc/],
  ['a resource call, status, headers and body (RES-206)', /^d-/],
  ['a resource call that fails with a gRPC status, early or late (RES-213)', /^(d-grpc|h-kill-resource)/],
  ['a health check (HEALTH-002)', /^e-/],
  ['a health check that is not implemented (HEALTH-009)', /^e-(ds|app)-grpc-12$/],
  ['metrics (METRICS-002)', /^f-/],
  ['a subscription (STREAM-104)', /^g-sub/],
  ['a subscription that fails with a gRPC status (STREAM-105)', /^g-sub-g\d/],
  ['a publication (STREAM-404)', /^g-publish/],
  ['a call during which the process dies (ERR-009)', /^h-/],
  ['a call that is cut off by the end of the server (DATA-402)', /^k-/],
])('maps %s as both Grafanas did', (_, prefix) => {
  expect(unexplained(idsOf(prefix))).toEqual([])
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
