import type { Oddball } from '../kernel/oddball.ts'

/** CollectMetrics: legal habits. */
export const oddballs: readonly Oddball[] = []
