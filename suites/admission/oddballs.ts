import type { Oddball } from '../kernel/oddball.ts'

/** ValidateAdmission and MutateAdmission: legal habits. */
export const oddballs: readonly Oddball[] = []
