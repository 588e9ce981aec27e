import type { Mutant } from '../kernel/mutant.ts'

/** The process: environment, connections, crash, end: misdeeds. */
export const mutants: readonly Mutant[] = []
