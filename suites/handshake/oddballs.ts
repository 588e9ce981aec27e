import type { Oddball } from '../kernel/oddball.ts'

/** The handshake line and what stands behind it: legal habits. */
export const oddballs: readonly Oddball[] = []
