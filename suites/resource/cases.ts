import type { Case } from '../kernel/case.ts'

/** CallResource: conversations. */
export const cases: readonly Case[] = []
