import type { Mutant } from '../kernel/mutant.ts'
import { mutants as connections } from './connection-mutants.ts'
import { mutants as ends } from './end-mutants.ts'
import { mutants as messages } from './message-mutants.ts'
import { mutants as readiness } from './readiness-mutants.ts'

/** The running process: connections, crash, end: misdeeds. */
export const mutants: readonly Mutant[] = [...connections, ...messages, ...readiness, ...ends]
