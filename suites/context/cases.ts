import type { Case } from '../kernel/case.ts'

/** Contexts, settings, headers and metadata: conversations. */
export const cases: readonly Case[] = []
