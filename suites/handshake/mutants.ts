import type { Mutant } from '../kernel/mutant.ts'

/** The handshake line and what stands behind it: misdeeds. */
export const mutants: readonly Mutant[] = []
