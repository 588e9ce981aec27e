import type { Case } from '../kernel/case.ts'

/** CheckHealth: conversations. */
export const cases: readonly Case[] = []
