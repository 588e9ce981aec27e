import type { Oddball } from '../kernel/oddball.ts'

/** CheckHealth: legal habits. */
export const oddballs: readonly Oddball[] = []
