import type { Mutant } from '../kernel/mutant.ts'

/** SubscribeStream, RunStream and PublishStream: misdeeds. */
export const mutants: readonly Mutant[] = []
