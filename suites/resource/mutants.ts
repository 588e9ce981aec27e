import type { Mutant } from '../kernel/mutant.ts'
import { answerMutants } from './answer-mutants.ts'
import { requestMutants } from './request-mutants.ts'

/** Misdeeds around CallResource. */
export const mutants: readonly Mutant[] = [...answerMutants, ...requestMutants]
