import type { Mutant } from '../kernel/mutant.ts'

/** QueryChunkedData: misdeeds. */
export const mutants: readonly Mutant[] = []
