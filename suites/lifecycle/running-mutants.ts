import type { Mutant } from '../kernel/mutant.ts'

/** The running process: connections, crash, end: misdeeds. */
export const mutants: readonly Mutant[] = []
