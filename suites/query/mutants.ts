import { requestMutants } from './request-mutants.ts'
import { responseMutants } from './response-mutants.ts'

/** Misdeeds around QueryData. */
export const mutants = [...requestMutants, ...responseMutants]
