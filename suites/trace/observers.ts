import type { Observer } from '../kernel/observer.ts'

/** Trace context: watches. */
export const observers: readonly Observer[] = []
