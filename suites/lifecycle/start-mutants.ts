import type { Mutant } from '../kernel/mutant.ts'

/** The start: environment, files around it, address: misdeeds. */
export const mutants: readonly Mutant[] = []
