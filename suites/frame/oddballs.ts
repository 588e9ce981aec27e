import type { Oddball } from '../kernel/oddball.ts'

/** Data frames: legal habits. */
export const oddballs: readonly Oddball[] = []
