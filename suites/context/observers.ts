import type { Observer } from '../kernel/observer.ts'

/** Contexts, settings, headers and metadata: watches. */
export const observers: readonly Observer[] = []
