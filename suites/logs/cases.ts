import type { Case } from '../kernel/case.ts'

/** Nothing is asked for the sake of logs: observers read what a plugin prints while other areas ask. */
export const cases: readonly Case[] = []
