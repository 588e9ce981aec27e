import type { Observer } from '../kernel/observer.ts'

/** The process: environment, connections, crash, end: watches. */
export const observers: readonly Observer[] = []
