import type { Observer } from '../kernel/observer.ts'

/** AutoMTLS: nothing of it is to be seen in other conversations. */
export const observers: readonly Observer[] = []
