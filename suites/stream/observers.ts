import type { Observer } from '../kernel/observer.ts'
import { publicationAnswers, subscriptionAnswers } from './answers.ts'
import { streamPackets } from './packets.ts'

/** SubscribeStream, RunStream and PublishStream: watches. */
export const observers: readonly Observer[] = [subscriptionAnswers, publicationAnswers, streamPackets]
