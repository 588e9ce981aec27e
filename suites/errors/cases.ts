import type { Case } from '../kernel/case.ts'

/** Statuses, malformed input and survival: conversations. */
export const cases: readonly Case[] = []
