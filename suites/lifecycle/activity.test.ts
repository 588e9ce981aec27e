import { spawn } from 'node:child_process'
import { once } from 'node:events'

import { describe, expect, test } from 'vitest'

import { isBusy, readActivity } from './activity.ts'

const linux = process.platform === 'linux'

describe('a process', () => {
  test.runIf(linux)('that loops is seen running and uses time', async () => {
    const child = spawn(process.execPath, ['-e', 'console.log("on"); for (;;);'], { stdio: 'pipe' })
    try {
      await once(child.stdout, 'data')
      const first = await readActivity(child.pid ?? 0)
      await expect
        .poll(async () => ((await readActivity(child.pid ?? 0))?.seconds ?? 0) > (first?.seconds ?? 0), {
          timeout: 20_000,
        })
        .toBe(true)
      expect((await readActivity(child.pid ?? 0))?.running).toBe(true)
    } finally {
      child.kill('SIGKILL')
    }
  })

  test('that does not exist tells nothing', async () => {
    expect(await readActivity(2 ** 30)).toBeUndefined()
  })

  test.each([
    ['idles', { share: 0.01, running: 0.1 }, false],
    ['works a little, always', { share: 0.02, running: 1 }, false],
    ['loops on an idle machine', { share: 0.99, running: 1 }, true],
    ['loops on a crowded machine', { share: 0.08, running: 1 }, true],
    ['works in bursts', { share: 0.1, running: 0.3 }, false],
  ])('that %s', (_, load, busy) => {
    expect(isBusy(load)).toBe(busy)
  })
})
