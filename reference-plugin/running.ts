import type { Socket } from 'node:net'

import type { CertifiedKey } from '../host/tls/certified-key.ts'
import type { Behaviour } from './behaviour.ts'
import type { Log } from './logs/entry.ts'
import type { Counters } from './diagnostics/counters.ts'
import type { Instances } from './instances/instances.ts'
import type { World } from './world.ts'

/** A started plugin as its own handlers and hooks see it. */
export interface Running {
  readonly behaviour: Behaviour
  readonly world: World
  readonly log: Log
  readonly instances: Instances
  readonly counters: Counters
  /** The server's own pair where the host asked for TLS (LIFE-092). */
  readonly tls: CertifiedKey | null
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** Aborted when the plugin ends, orderly or not; everything that waits or repeats belongs to it. */
  readonly ended: AbortSignal
  /** The connections that are open now. */
  readonly connections: ReadonlySet<Socket>
  /** Accepts no more connections; those that are open stay. */
  stopListening(): void
  /**
   * Ends the plugin in order: no new connections, streams end, answers under way leave, the socket file goes, then
   * `world.exit(code)`. Returns at once, so that the Shutdown call which asks for it can be answered (LIFE-162).
   */
  stop(code: number): void
  /** Drops every connection, stops listening and exits, all at once. */
  exit(code: number): void
}
