import type { Oddball } from '../kernel/oddball.ts'

/** CallResource: legal habits. */
export const oddballs: readonly Oddball[] = []
