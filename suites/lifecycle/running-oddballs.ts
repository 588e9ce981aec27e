import type { Oddball } from '../kernel/oddball.ts'

/** The running process: connections, crash, end: legal habits. */
export const oddballs: readonly Oddball[] = []
