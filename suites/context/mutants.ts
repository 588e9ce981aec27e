import type { Mutant } from '../kernel/mutant.ts'

/** Contexts, settings, headers and metadata: misdeeds. */
export const mutants: readonly Mutant[] = []
