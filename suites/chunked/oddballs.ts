import type { Oddball } from '../kernel/oddball.ts'

/** QueryChunkedData: legal habits. */
export const oddballs: readonly Oddball[] = []
