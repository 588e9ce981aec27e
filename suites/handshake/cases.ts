import type { Case } from '../kernel/case.ts'
import { refusing } from './refusing.ts'
import { start } from './start.ts'
import { versions } from './versions.ts'

/** The handshake line and what stands behind it: conversations. */
export const cases: readonly Case[] = [start, ...versions, ...refusing]
