import type { Mutant } from '../kernel/mutant.ts'

/** The files of a plugin before anything runs: misdeeds. */
export const mutants: readonly Mutant[] = []
