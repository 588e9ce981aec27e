import type { Case } from '../kernel/case.ts'
import { leftoverCases } from './leftovers.ts'
import { namedChannelCases } from './named-channel.ts'
import { parallelCases } from './parallel.ts'
import { publicationCases } from './publications.ts'
import { runningCases } from './running.ts'
import { subscriptionCases } from './subscriptions.ts'

/** SubscribeStream, RunStream and PublishStream: conversations. */
export const cases: readonly Case[] = [
  ...subscriptionCases,
  ...runningCases,
  ...parallelCases,
  ...publicationCases,
  ...namedChannelCases,
  ...leftoverCases,
]
