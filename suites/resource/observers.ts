import type { Observer } from '../kernel/observer.ts'

/** CallResource: watches. */
export const observers: readonly Observer[] = []
