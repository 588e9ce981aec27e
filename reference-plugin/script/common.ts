import { setTimeout as delay } from 'node:timers/promises'

import type { Call } from '../call.ts'

/** Ten minutes: longer than any host waits. */
const MAX_DELAY_MS = 600_000

/** Obeys the two instructions that queries and health checks share: `delayMs`, then `fail`. */
export async function obeyCommon(script: Readonly<Record<string, unknown>>, call: Call): Promise<void> {
  const { delayMs, fail } = script
  if (typeof delayMs === 'number' && delayMs > 0) {
    await delay(Math.min(delayMs, MAX_DELAY_MS), undefined, { signal: call.signal })
  }
  if (fail === 'panic') throw new Error('the script asked for a panic')
}
