import type { Observer } from '../kernel/observer.ts'

/** SubscribeStream, RunStream and PublishStream: watches. */
export const observers: readonly Observer[] = []
