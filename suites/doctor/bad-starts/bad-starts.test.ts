import { describe, expect, test } from 'vitest'

import { groupMembers } from '../../../host/launch/process-group.ts'
import { exitCodeOf } from '../../report/diagnosis-page.ts'
import { badStarts } from './all.ts'
import { provoke } from './provoke.ts'

const here = badStarts.filter((bad) => bad.linux !== true || process.platform === 'linux')

test('there are at least sixty bad starts, each with a name of its own', () => {
  expect(badStarts.length).toBeGreaterThanOrEqual(60)
  expect(new Set(badStarts.map(({ id }) => id)).size).toBe(badStarts.length)
})

test('every failure story about starting has a bad start', () => {
  const told = new Set(badStarts.map(({ story }) => story))
  // 7 and 10 are warnings of a plugin that comes up, 14 shows in calls.
  for (const story of [1, 2, 3, 4, 5, 6, 8, 9, 11, 12, 13]) expect(told).toContain(story)
})

describe('the doctor', () => {
  test.concurrent.each(here.map((bad) => [bad.id, bad] as const))(
    'explains a plugin that %s',
    async (_, bad) => {
      const { diagnosed, exitCode, text, events, newFiles } = await provoke(bad)
      expect({ diagnosed, exitCode }, text).toEqual({
        diagnosed: bad.diagnosed,
        exitCode: exitCodeOf(bad),
      })
      for (const phrase of bad.says) expect(text).toContain(phrase)
      expect(text).not.toContain('undefined')
      for (const event of events)
        if (event.kind === 'spawned' && event.pid !== undefined)
          expect(await groupMembers(event.pid)).toEqual([])
      expect(newFiles).toEqual([])
    },
  )
})
