import type { Case } from '../kernel/case.ts'

/** The handshake line and what stands behind it: conversations. */
export const cases: readonly Case[] = []
