import type { Case } from '../kernel/case.ts'

/** The running process: connections, crash, end: conversations. */
export const cases: readonly Case[] = []
