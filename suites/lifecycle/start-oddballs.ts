import type { Oddball } from '../kernel/oddball.ts'

/** The start: environment, files around it, address: legal habits. */
export const oddballs: readonly Oddball[] = []
