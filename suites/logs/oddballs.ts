import type { Oddball } from '../kernel/oddball.ts'

/** stdout and stderr: legal habits. */
export const oddballs: readonly Oddball[] = []
