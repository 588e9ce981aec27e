import type { Case } from '../kernel/case.ts'

/** QueryChunkedData: conversations. */
export const cases: readonly Case[] = []
