import type { Case } from '../kernel/case.ts'
import { cases as connections } from './connections.ts'
import { cases as firstCalls } from './first-calls.ts'
import { cases as idleConnection } from './idle-connection.ts'
import { cases as lostCalls } from './lost-calls.ts'
import { cases as messages } from './messages.ts'
import { cases as oddConnections } from './odd-connections.ts'
import { cases as openStreams } from './open-streams.ts'
import { cases as readiness } from './readiness.ts'
import { cases as shutdown } from './shutdown.ts'
import { cases as signals } from './signals.ts'
import { cases as sizes } from './sizes.ts'

/** The running process: connections, crash, end: conversations. */
export const cases: readonly Case[] = [
  ...connections,
  ...idleConnection,
  ...oddConnections,
  ...lostCalls,
  ...messages,
  ...sizes,
  ...openStreams,
  ...readiness,
  ...firstCalls,
  ...shutdown,
  ...signals,
]
