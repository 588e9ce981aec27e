import type { Case } from '../kernel/case.ts'
import { cases as connections } from './connections.ts'
import { cases as messages } from './messages.ts'
import { cases as openStreams } from './open-streams.ts'
import { cases as readiness } from './readiness.ts'
import { cases as shutdown } from './shutdown.ts'
import { cases as signals } from './signals.ts'

/** The running process: connections, crash, end: conversations. */
export const cases: readonly Case[] = [
  ...connections,
  ...messages,
  ...openStreams,
  ...readiness,
  ...shutdown,
  ...signals,
]
