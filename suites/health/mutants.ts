import type { Mutant } from '../kernel/mutant.ts'

/** CheckHealth: misdeeds. */
export const mutants: readonly Mutant[] = []
