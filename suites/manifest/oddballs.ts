import type { Oddball } from '../kernel/oddball.ts'

/** The files of a plugin before anything runs: legal habits. */
export const oddballs: readonly Oddball[] = []
