import type { Case } from '../kernel/case.ts'

/** ConvertObjects: conversations. */
export const cases: readonly Case[] = []
