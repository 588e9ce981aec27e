import type { Observer } from '../kernel/observer.ts'

/** ValidateAdmission and MutateAdmission: watches. */
export const observers: readonly Observer[] = []
