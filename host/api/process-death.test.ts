import { expect, test } from 'vitest'

import { pluginContext } from '../context/plugin-context.ts'
import { hostProfiles, newestProfile } from '../context/profile.ts'
import { dataQuery } from '../context/query-request.ts'
import type { HostEvent } from '../events.ts'
import { launch } from '../launch/launch.ts'
import { describeAnswer } from './grafana-answer.ts'
import { mapQuery } from './map-query.ts'
import { outcomeOf } from './outcome.ts'

const subject = { id: 'conformance-reference-datasource', version: '1.0.0', type: 'datasource' }

test('a query during which the process is killed ends as Grafana ends it (ERR-009)', async () => {
  const events: HostEvent[] = []
  await using plugin = await launch('dist/reference-plugin', { onEvent: (event) => events.push(event) })
  const slow = dataQuery({
    refId: 'A',
    datasource: { type: subject.id, uid: 'conformance' },
    model: { conformance: { delayMs: 600_000 } },
  })
  const answer = plugin.data.queryData({
    pluginContext: pluginContext(newestProfile, subject),
    queries: [slow],
  })
  const spawned = events.find((event) => event.kind === 'spawned')
  if (spawned?.pid === undefined) throw new Error('The process has no id.')
  process.kill(spawned.pid, 'SIGKILL')
  const outcome = outcomeOf(await answer)
  expect(outcome).toEqual({ kind: 'died' })
  const told = hostProfiles.map((profile) => {
    const during = mapQuery(profile, [{ refIds: ['A'], outcome }])
    const afterwards = mapQuery(profile, [{ refIds: ['A'], outcome: { kind: 'not-running' } }])
    return [profile.name, describeAnswer(during), describeAnswer(afterwards)]
  })
  const generic = 'HTTP 500, "An error occurred within the plugin"'
  const again = 'HTTP 500, "Data source became unavailable during request. Please try again."'
  const unavailable = 'HTTP 500, "Plugin unavailable"'
  expect(told).toEqual([
    ['9.5', generic, unavailable],
    ['10.4', generic, unavailable],
    ['11', generic, unavailable],
    ['12', again, unavailable],
    ['12.4', again, unavailable],
    ['12.4.2', again, unavailable],
    ['13', again, unavailable],
  ])
})
