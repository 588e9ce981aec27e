import type { Case } from '../kernel/case.ts'
import { cases as backend } from './backend.ts'
import { cases as hostile } from './hostile.ts'
import { cases as methods } from './methods.ts'
import { cases as sideBySide } from './side-by-side.ts'

/** Status codes, faults and calls side by side: conversations. */
export const cases: readonly Case[] = [...methods, ...hostile, ...sideBySide, ...backend]
