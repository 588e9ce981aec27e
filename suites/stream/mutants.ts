import type { Mutant } from '../kernel/mutant.ts'
import { packetMutants } from './packet-mutants.ts'
import { publicationMutants } from './publication-mutants.ts'
import { sharingMutants } from './sharing-mutants.ts'
import { subscriptionMutants } from './subscription-mutants.ts'

/** SubscribeStream, RunStream and PublishStream: misdeeds. */
export const mutants: readonly Mutant[] = [
  ...subscriptionMutants,
  ...packetMutants,
  ...sharingMutants,
  ...publicationMutants,
]
