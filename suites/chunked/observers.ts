import type { Observer } from '../kernel/observer.ts'

/** QueryChunkedData: watches. */
export const observers: readonly Observer[] = []
