import type { Mutant } from '../kernel/mutant.ts'

/** CallResource: misdeeds. */
export const mutants: readonly Mutant[] = []
