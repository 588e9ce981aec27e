import { describe, expect, test } from 'vitest'

import { wakingNow, wakingTimer } from './waking-time.ts'

/** Computes for so long that neither timers nor sockets get their turn. */
function standStill(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

/** Resolves with what the clock counted until the timer expired. */
function expiry(ms: number): Promise<number> {
  const began = wakingNow()
  return new Promise((resolve) => wakingTimer(ms, () => resolve(wakingNow() - began)))
}

describe('the time during which the host can listen', () => {
  test('passes while it waits', async () => {
    expect(await expiry(50)).toBeGreaterThanOrEqual(50)
  })

  test('does not pass while the process computes', () => {
    const began = wakingNow()
    standStill(200)
    expect(wakingNow() - began).toBeLessThan(50)
  })

  test('a timer waits for as long again as the process stood still', async () => {
    const began = performance.now()
    const expired = expiry(50)
    standStill(200)
    await expired
    expect(performance.now() - began).toBeGreaterThanOrEqual(220)
  })

  test('a timer that was called off never expires', async () => {
    let expired = false
    wakingTimer(10, () => (expired = true))()
    await expiry(40)
    expect(expired).toBe(false)
  })
})
