import type { Observer } from '../kernel/observer.ts'

/** ConvertObjects: watches. */
export const observers: readonly Observer[] = []
