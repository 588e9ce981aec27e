import type { Observer } from '../kernel/observer.ts'

/** Statuses, malformed input and survival: watches. */
export const observers: readonly Observer[] = []
