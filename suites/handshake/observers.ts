import type { Observer } from '../kernel/observer.ts'

/** The handshake line and what stands behind it: watches. */
export const observers: readonly Observer[] = []
