import type { Case } from '../kernel/case.ts'

/** The process: environment, connections, crash, end: conversations. */
export const cases: readonly Case[] = []
