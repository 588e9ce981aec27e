import type { Mutant } from './kernel/mutant.ts'
import type { Oddball } from './kernel/oddball.ts'
import { mutants as queryMutants } from './query/mutants.ts'
import { oddballs as queryOddballs } from './query/oddballs.ts'

/** Every mutant, areas in the order of the catalogue. */
export const mutants: readonly Mutant[] = [queryMutants].flat()

/** Every oddball. */
export const oddballs: readonly Oddball[] = [queryOddballs].flat()
