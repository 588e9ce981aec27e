import type { Mutant } from '../kernel/mutant.ts'

/** CollectMetrics: misdeeds. */
export const mutants: readonly Mutant[] = []
