import type { Mutant } from '../kernel/mutant.ts'

/** ConvertObjects: misdeeds. */
export const mutants: readonly Mutant[] = []
