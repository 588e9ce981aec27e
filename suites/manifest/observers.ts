import type { Observer } from '../kernel/observer.ts'

/** The files of a plugin before anything runs: watches. */
export const observers: readonly Observer[] = []
