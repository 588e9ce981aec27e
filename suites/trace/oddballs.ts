import type { Oddball } from '../kernel/oddball.ts'

/** Trace context: legal habits. */
export const oddballs: readonly Oddball[] = []
