import type { Case } from '../kernel/case.ts'

/** The start: environment, files around it, address: conversations. */
export const cases: readonly Case[] = []
