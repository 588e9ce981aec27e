import type { Case } from '../kernel/case.ts'

/** The files of a plugin before anything runs: conversations. */
export const cases: readonly Case[] = []
