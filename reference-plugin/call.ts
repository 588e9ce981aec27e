import type { Metadata } from '@grpc/grpc-js'

import type { Behaviour } from './behaviour.ts'
import type { Log } from './logs/entry.ts'
import type { Counters } from './diagnostics/counters.ts'
import type { Instances } from './instances/instances.ts'
import type { Running } from './running.ts'
import type { World } from './world.ts'

/** What a handler knows besides its request. */
export interface Call {
  /** The final behaviour: handlers reach each other through it, so that a replaced member is used everywhere. */
  readonly behaviour: Behaviour
  /** Full method path, such as `/pluginv2.Data/QueryData`. */
  readonly path: string
  readonly metadata: Metadata
  /** Aborted when the host cancels, the deadline passes, or the plugin ends (DATA-402, DATA-403). */
  readonly signal: AbortSignal
  readonly log: Log
  readonly world: World
  readonly instances: Instances
  readonly counters: Counters
  readonly running: Running
}
