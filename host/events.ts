import type { LogRecord } from './logs/log-record.ts'
import type { Handshake } from './handshake/handshake.ts'
import type { Exit } from './launch/plugin-process.ts'
import type { StartFault } from './launch/start-fault.ts'

/** What every event carries. */
interface EventBase {
  /** Who caused it: a violation of a rule by the host is our fault, never the plugin's. */
  readonly origin: 'plugin' | 'host'
  /** Milliseconds since the host was created. */
  readonly at: number
  /** Name of the plugin process: `shared-1`, `lifecycle/minimal-environment`, …; unique in a run. */
  readonly process: string
  /** The case on whose behalf it happened, where there is one. */
  readonly tag: string | undefined
}

/** A message of a call, either direction. `method` is the full path, such as `/pluginv2.Data/QueryData`. */
export interface MessageEvent extends EventBase {
  readonly kind: 'message'
  readonly call: number
  readonly method: string
  readonly direction: 'request' | 'response'
  /** Decoded protobuf message, or raw bytes where the case sent or asked for bytes. */
  readonly message: unknown
  readonly bytes: number
}

/** Everything that happens between host and plugin, in the order in which it happened. */
export type HostEvent =
  | (EventBase & {
      readonly kind: 'spawned'
      readonly command: string
      readonly pid: number | undefined
      readonly env: Readonly<Record<string, string>>
      /** No Grafana starts a plugin like this, so its logs are no example (LIFE-122). */
      readonly oddOnPurpose: boolean
    })
  | (EventBase & {
      readonly kind: 'stdout'
      readonly line: string
      readonly bytes: number
      readonly number: number
    })
  | (EventBase & {
      readonly kind: 'log'
      readonly record: LogRecord
      /** False for what stood after the last line feed when stderr ended: whoever is killed may be in the middle of a line. */
      readonly terminated: boolean
    })
  | (EventBase & { readonly kind: 'stdio'; readonly channel: 'stdout' | 'stderr'; readonly text: string })
  | (EventBase & { readonly kind: 'handshake'; readonly handshake: Handshake; readonly ms: number })
  | (EventBase & { readonly kind: 'start-failed'; readonly fault: StartFault })
  | (EventBase & {
      readonly kind: 'call'
      readonly call: number
      readonly method: string
      readonly metadata: ReadonlyArray<readonly [string, string]>
    })
  | MessageEvent
  | (EventBase & {
      readonly kind: 'status'
      readonly call: number
      readonly method: string
      readonly code: number
      readonly details: string
      readonly ms: number
      readonly outcome: 'ended' | 'timeout' | 'died'
      /** The answer was not a message of the method, so that the host ended the call itself. */
      readonly undecodable?: true
      /** Whether the host ended the call: it cancelled, or the deadline that it had set passed. */
      readonly cancelled: boolean
      /** Whether the host waited for as long as it does by default, or for a time of the case's own. */
      readonly budget: 'default' | 'own'
    })
  | (EventBase & { readonly kind: 'stopping' })
  | (EventBase & {
      readonly kind: 'exit'
      readonly exit: Exit
      readonly wanted: boolean
      /** What Grafana logs about it (LIFE-133). */
      readonly record: LogRecord
    })
  | (EventBase & { readonly kind: 'left-behind'; readonly what: string })

/** Receives events as they happen. */
export type EventSink = (event: HostEvent) => void
