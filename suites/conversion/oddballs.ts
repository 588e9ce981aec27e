import type { Oddball } from '../kernel/oddball.ts'

/** ConvertObjects: legal habits. */
export const oddballs: readonly Oddball[] = []
