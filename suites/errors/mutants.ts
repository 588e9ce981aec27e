import type { Mutant } from '../kernel/mutant.ts'

/** Statuses, malformed input and survival: misdeeds. */
export const mutants: readonly Mutant[] = []
