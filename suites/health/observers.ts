import type { Observer } from '../kernel/observer.ts'

/** CheckHealth: watches. */
export const observers: readonly Observer[] = []
