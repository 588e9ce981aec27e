import type { Mutant } from '../kernel/mutant.ts'

/** Trace context: misdeeds. */
export const mutants: readonly Mutant[] = []
