import type { Oddball } from '../kernel/oddball.ts'

/** Statuses, malformed input and survival: legal habits. */
export const oddballs: readonly Oddball[] = []
