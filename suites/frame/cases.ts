import type { Case } from '../kernel/case.ts'

/** Data frames: conversations. */
export const cases: readonly Case[] = []
