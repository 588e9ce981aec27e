import { wakingTimer } from './waking-time.ts'

/** What came first: the promise, or the deadline. */
export type Raced<Value> = { readonly kind: 'settled'; readonly value: Value } | { readonly kind: 'late' }

/** Waits for `promise`, but not longer than `ms` milliseconds awake and not beyond `signal`. */
export async function within<Value>(
  promise: Promise<Value>,
  ms: number,
  signal?: AbortSignal,
): Promise<Raced<Value>> {
  let callOff = (): void => {}
  let stop: (() => void) | undefined
  const late = new Promise<Raced<Value>>((resolve) => {
    const expire = (): void => resolve({ kind: 'late' })
    stop = expire
    callOff = wakingTimer(ms, expire)
    if (signal?.aborted === true) expire()
    else signal?.addEventListener('abort', expire, { once: true })
  })
  try {
    return await Promise.race([promise.then((value): Raced<Value> => ({ kind: 'settled', value })), late])
  } finally {
    callOff()
    if (stop !== undefined) signal?.removeEventListener('abort', stop)
  }
}
