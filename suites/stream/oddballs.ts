import type { Oddball } from '../kernel/oddball.ts'

/** SubscribeStream, RunStream and PublishStream: legal habits. */
export const oddballs: readonly Oddball[] = []
