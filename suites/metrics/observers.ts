import type { Observer } from '../kernel/observer.ts'

/** CollectMetrics: watches. */
export const observers: readonly Observer[] = []
