/**
 * Time during which this process could listen.
 *
 * A budget says how long the host waits for a plugin. While the host itself stands still (a stopped process, a busy
 * machine, a case that computes) nothing that a plugin sends can arrive, so that such time must not be held against it.
 */

/** How often the clock looks whether it is awake, in milliseconds. */
const TICK_MS = 10

/** What a single tick may count at most: a little lateness is normal, anything beyond it was standstill. */
const MOST_MS = 2 * TICK_MS

let counted = 0
let ticked = performance.now()
let ticker: NodeJS.Timeout | undefined

/** Milliseconds since some fixed moment, less the time during which this process stood still. */
export function wakingNow(): number {
  if (ticker === undefined) {
    ticked = performance.now()
    ticker = setInterval(tick, TICK_MS).unref()
  }
  return counted + sinceTick()
}

/** The longest time that a timer of Node can wait. */
const LONGEST_MS = 2 ** 31 - 1

/** Calls `expire` once this process has been awake for `ms` milliseconds; the function that is returned prevents it. */
export function wakingTimer(ms: number, expire: () => void): () => void {
  const until = wakingNow() + ms
  let timer = setTimeout(look, Math.min(ms, LONGEST_MS))
  function look(): void {
    const left = until - wakingNow()
    if (left > 0) timer = setTimeout(look, Math.min(left, LONGEST_MS))
    else expire()
  }
  return () => clearTimeout(timer)
}

/** Resolves once this process has been awake for `ms` milliseconds, or at once when `signal` aborts. */
export function wakingDelay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const callOff = wakingTimer(ms, done)
    signal?.addEventListener('abort', done, { once: true })
    if (signal?.aborted === true) done()
    function done(): void {
      callOff()
      signal?.removeEventListener('abort', done)
      resolve()
    }
  })
}

function tick(): void {
  counted += sinceTick()
  ticked = performance.now()
}

function sinceTick(): number {
  return Math.min(performance.now() - ticked, MOST_MS)
}
