import type { Counters } from './counters.ts'

/** Counters that live as long as the process. */
export function createCounters(): Counters {
  const values = new Map<string, ReturnType<Counters['list']>[number]>()
  return {
    count(method, outcome) {
      const key = `${method} ${outcome}`
      const value = (values.get(key)?.value ?? 0) + 1
      values.set(key, { method, outcome, value })
    },
    list: () => [...values.keys()].sort().flatMap((key) => values.get(key) ?? []),
  }
}
