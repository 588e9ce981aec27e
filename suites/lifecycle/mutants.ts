import type { Mutant } from '../kernel/mutant.ts'
import { mutants as runningMutants } from './running-mutants.ts'
import { mutants as sideStreamMutants } from './side-stream-mutants.ts'
import { mutants as startMutants } from './start-mutants.ts'
import { mutants as transportMutants } from './transport-mutants.ts'

/** The process: environment, connections, crash, end: misdeeds. */
export const mutants: readonly Mutant[] = [
  ...startMutants,
  ...runningMutants,
  ...transportMutants,
  ...sideStreamMutants,
]
