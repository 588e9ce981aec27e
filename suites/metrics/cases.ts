import type { Case } from '../kernel/case.ts'

/** CollectMetrics: conversations. */
export const cases: readonly Case[] = []
