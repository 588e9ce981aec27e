import type { Mutant } from '../kernel/mutant.ts'

/** Data frames: misdeeds. */
export const mutants: readonly Mutant[] = []
