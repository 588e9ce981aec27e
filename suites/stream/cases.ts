import type { Case } from '../kernel/case.ts'

/** SubscribeStream, RunStream and PublishStream: conversations. */
export const cases: readonly Case[] = []
