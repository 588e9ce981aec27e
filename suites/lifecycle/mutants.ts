import type { Mutant } from '../kernel/mutant.ts'
import { mutants as runningMutants } from './running-mutants.ts'
import { mutants as startMutants } from './start-mutants.ts'

/** The process: environment, connections, crash, end: misdeeds. */
export const mutants: readonly Mutant[] = [...startMutants, ...runningMutants]
