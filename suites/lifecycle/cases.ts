import type { Case } from '../kernel/case.ts'
import { cases as runningCases } from './running.ts'
import { cases as startCases } from './start.ts'

/** The process: environment, connections, crash, end: conversations. */
export const cases: readonly Case[] = [...startCases, ...runningCases]
