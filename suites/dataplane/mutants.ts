import type { Mutant } from '../kernel/mutant.ts'
import { otherMutants } from './other-mutants.ts'
import { setMutants } from './set-mutants.ts'

/** Misdeeds in what frames declare. */
export const mutants: readonly Mutant[] = [...setMutants, ...otherMutants]
