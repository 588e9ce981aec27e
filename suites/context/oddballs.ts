import type { Oddball } from '../kernel/oddball.ts'

/** Contexts, settings, headers and metadata: legal habits. */
export const oddballs: readonly Oddball[] = []
