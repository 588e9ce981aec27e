import type { Mutant } from '../kernel/mutant.ts'

/** ValidateAdmission and MutateAdmission: misdeeds. */
export const mutants: readonly Mutant[] = []
