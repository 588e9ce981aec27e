/** What came first: the promise, or the deadline. */
export type Raced<Value> = { readonly kind: 'settled'; readonly value: Value } | { readonly kind: 'late' }

/** Waits for `promise`, but not longer than `ms` milliseconds and not beyond `signal`. */
export async function within<Value>(
  promise: Promise<Value>,
  ms: number,
  signal?: AbortSignal,
): Promise<Raced<Value>> {
  let timer: NodeJS.Timeout | undefined
  let stop: (() => void) | undefined
  const late = new Promise<Raced<Value>>((resolve) => {
    const expire = (): void => resolve({ kind: 'late' })
    stop = expire
    timer = setTimeout(expire, ms)
    if (signal?.aborted === true) expire()
    else signal?.addEventListener('abort', expire, { once: true })
  })
  try {
    return await Promise.race([promise.then((value): Raced<Value> => ({ kind: 'settled', value })), late])
  } finally {
    clearTimeout(timer)
    if (stop !== undefined) signal?.removeEventListener('abort', stop)
  }
}
