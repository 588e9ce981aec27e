import type { Oddball } from '../kernel/oddball.ts'

/** The process: environment, connections, crash, end: legal habits. */
export const oddballs: readonly Oddball[] = []
