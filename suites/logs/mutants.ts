import type { Mutant } from '../kernel/mutant.ts'

/** stdout and stderr: misdeeds. */
export const mutants: readonly Mutant[] = []
