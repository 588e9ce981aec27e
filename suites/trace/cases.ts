import type { Case } from '../kernel/case.ts'

/** Trace context: conversations. */
export const cases: readonly Case[] = []
