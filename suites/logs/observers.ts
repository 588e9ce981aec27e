import type { Observer } from '../kernel/observer.ts'

/** stdout and stderr: watches. */
export const observers: readonly Observer[] = []
