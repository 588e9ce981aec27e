import type { Observer } from '../kernel/observer.ts'

/** Data frames: watches. */
export const observers: readonly Observer[] = []
