import { describe, expect, test } from 'vitest'

import { hostProfiles, newestProfile } from '../context/profile.ts'
import { projectExchanges } from './fidelity/project-fidelity.ts'
import type { RecordedExchange, RecordedQuery } from './fidelity/recorded-exchange.ts'
import { planQueries } from './plan-queries.ts'
import type { PlannedCall } from './plan-queries.ts'
import { readTime } from './read-time.ts'

const now = 1_800_000_000_000
const exchanges = (await projectExchanges('.')).filter(({ request }) =>
  request.path?.startsWith('/api/ds/query'),
)
const written = exchanges.filter(({ request }) => request.body !== undefined)

describe('a recorded request', () => {
  test('was recorded of many kinds', () => {
    expect(written.length).toBeGreaterThan(45)
  })

  test.each(written.filter(({ calls }) => calls.length > 0))(
    'becomes the calls that Grafana made (DATA-101, DATA-102, DATA-103, DATA-104): $id, $title',
    ({ request, calls }) => {
      const plan = planQueries(newestProfile, request.body ?? '', { now })
      if (plan.kind === 'refused') throw new Error(`Refused with ${plan.answer.body}.`)
      expect(plan.calls.map((call) => call.queries.map(recordedForm)).toSorted(byRefId)).toEqual(
        calls.map((call) => (call.queries ?? []).map(resolved)).toSorted(byRefId),
      )
    },
  )

  const profiles = hostProfiles.filter((profile) => profile.recorded)
  const byVersion = profiles.flatMap((profile) =>
    written.filter(refusedByGrafana).map((exchange) => ({ id: exchange.id, profile, exchange })),
  )
  test.each(byVersion)(
    'is refused as Grafana refused it: $id, $profile.grafanaVersion',
    ({ profile, exchange }) => {
      const plan = planQueries(profile, exchange.request.body ?? '', { now })
      const side = profile.grafanaVersion === '10.4.3' ? exchange['10.4.3'] : exchange['12.4.0']
      if (plan.kind !== 'refused') throw new Error('Expected a refusal.')
      const { status, contentType, body } = plan.answer
      expect({ status, contentType, text: body }).toEqual(side.response)
    },
  )

  /** These have nothing to do with the queries: rights of the user, and data sources that are not there. */
  function refusedByGrafana({ id, calls }: RecordedExchange): boolean {
    return calls.length === 0 && !['b-not-found', 'b-user-none', 'b-user-none-at-all'].includes(id)
  }
})

test('queries of several data sources are split, each call in the order of the request (DATA-101)', () => {
  const query = (refId: string, uid: string): unknown => ({ refId, datasource: { uid } })
  const plan = planQueries(
    newestProfile,
    JSON.stringify({
      from: 'now-1h',
      to: 'now',
      queries: [query('A', 'x'), query('B', 'y'), query('C', 'x')],
    }),
    { now },
  )
  const calls = plan.kind === 'calls' ? plan.calls : []
  expect(calls.map(({ uid, queries }) => [uid, queries.map(({ refId }) => refId)])).toEqual([
    ['x', ['A', 'C']],
    ['y', ['B']],
  ])
})

test('expressions leave one call for each query (DATA-101)', () => {
  const queries = ['A', 'B'].map((refId) => ({ refId, datasource: { uid: 'x' } }))
  const expression = { refId: 'E', datasource: { uid: '__expr__' }, type: 'math', expression: '$A + $B' }
  const plan = planQueries(
    newestProfile,
    JSON.stringify({ from: '0', to: '1', queries: [...queries, expression] }),
    { now },
  )
  expect(plan.kind).toBe('expressions')
  expect(plan.kind === 'expressions' && plan.calls.map((call) => call.queries.length)).toEqual([1, 1])
})

test.each([
  ['now', 1_800_000_000_000n],
  ['now-1h', 1_799_996_400_000n],
  ['now+2d', 1_800_172_800_000n],
  ['now-7w', 1_795_766_400_000n],
  ['-1000', -1000n],
  ['2023-11-14T22:13:20.000Z', 1_700_000_000_000n],
  ['2023-11-14T23:13:20+01:00', 1_700_000_000_000n],
  ['2023', 2023n],
  ['', 0n],
  ['garbage', 0n],
  ['now/d', 0n],
])('the time %j is read (DATA-104)', (text, ms) => {
  expect(readTime(text, now)).toBe(ms)
})

type Query = PlannedCall['queries'][number]

function recordedForm({ refId, maxDataPoints, intervalMS, timeRange, json, queryType }: Query): unknown {
  return {
    refId,
    maxDataPoints: Number(maxDataPoints),
    intervalMS: Number(intervalMS),
    timeRange: {
      fromEpochMS: Number(timeRange?.fromEpochMS),
      toEpochMS: Number(timeRange?.toEpochMS),
    },
    json: Buffer.from(json).toString('utf8'),
    queryType,
  }
}

/** Relative times depend on the day of the recording; every one of them began an hour before its end. */
function resolved(query: RecordedQuery): unknown {
  const { fromEpochMS, toEpochMS } = query.timeRange
  const at = (time: number | string, relative: number): number => (typeof time === 'number' ? time : relative)
  return {
    ...query,
    timeRange: { fromEpochMS: at(fromEpochMS, now - 3_600_000), toEpochMS: at(toEpochMS, now) },
  }
}

function byRefId(left: readonly unknown[], right: readonly unknown[]): number {
  return JSON.stringify(left) < JSON.stringify(right) ? -1 : 1
}
