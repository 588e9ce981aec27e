import type { Case } from '../kernel/case.ts'

/** ValidateAdmission and MutateAdmission: conversations. */
export const cases: readonly Case[] = []
