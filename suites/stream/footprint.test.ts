import { open } from 'node:fs/promises'
import { execPath, pid, platform } from 'node:process'

import { expect, test } from 'vitest'

import { allOf } from './all-of.ts'
import { readFootprint } from './footprint.ts'

test.runIf(platform === 'linux')('an open file is a handle more', async () => {
  const before = await readFootprint(pid)
  await using files = allOf(await Promise.all(Array.from({ length: 20 }, () => open(execPath))))
  const after = await readFootprint(pid)
  expect(after?.handles).toBeGreaterThanOrEqual((before?.handles ?? 0) + 15)
  expect(files.all).toHaveLength(20)
  expect(after?.cpuMs).toBeGreaterThan(0)
})

test('a process that is not there has no footprint', async () => {
  expect(await readFootprint(2 ** 30)).toBeUndefined()
})
