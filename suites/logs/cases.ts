import type { Case } from '../kernel/case.ts'

/** stdout and stderr: conversations. */
export const cases: readonly Case[] = []
