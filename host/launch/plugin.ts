import type { Budgets } from '../budgets.ts'
import type { Address, Handshake } from '../handshake/handshake.ts'
import type { LogRecord } from '../logs/log-record.ts'
import type { CallOptions } from '../rpc/caller.ts'
import type { CallResult } from '../rpc/call-result.ts'
import type { PacketStream } from '../rpc/packet-stream.ts'
import type { PluginServices } from '../rpc/plugin-services.ts'
import type { TlsTrust } from '../tls/secure-socket.ts'
import type { Exit, PluginProcess, PluginSignal } from './plugin-process.ts'
import type { StartFault } from './start-fault.ts'

/** One line of stdout; the first is the handshake. */
export interface StdoutLine {
  readonly text: string
  /** Length on the wire without the line end, in bytes. */
  readonly bytes: number
  /** False for the last line of a stream that ended without LF. */
  readonly terminated: boolean
}

/** How a stop went, step by step (LIFE-160). */
export interface StopReport {
  /** How the Shutdown call ended; undefined when it was not made. */
  readonly shutdown: CallResult<unknown> | undefined
  readonly exit: Exit | undefined
  /** Whether the process outlived Shutdown and the grace of 2 s. */
  readonly killed: boolean
  /** From the Shutdown call to the exit, in milliseconds. */
  readonly ms: number
  /** Whether stdout and stderr reached their end once the process was gone; false means a descendant holds them (LIFE-011). */
  readonly pipesClosed: boolean
  /** Processes of the group that were alive after the exit; they have been ended. */
  readonly leftBehind: readonly string[]
  /** Whether the unix socket still existed after the exit; undefined for TCP (LIFE-085). */
  readonly socketLeft: boolean | undefined
}

/** A further connection to a running plugin. */
export interface Connection extends PluginServices, AsyncDisposable {}

/** What the plugin printed so far; of a flood only some megabytes. */
export interface PluginOutput {
  /** The first lines, 4 MiB at most. */
  readonly stdout: readonly StdoutLine[]
  /** The last lines of stderr, at least 4 MiB where there are so many. */
  readonly log: readonly LogRecord[]
}

/** A plugin that is up: typed clients for its services, its output, and the ways to end it. */
export interface Plugin extends PluginServices, AsyncDisposable {
  /** Its name in events, unique among the plugins of one host. */
  readonly name: string
  /** Undefined when the host attached to a plugin that somebody else started. */
  readonly process: PluginProcess | undefined
  readonly handshake: Handshake | undefined
  readonly address: Address
  /** How its connections are secured; undefined in plaintext, which is all that Grafana knows (LIFE-090). */
  readonly tls: TlsTrust | undefined
  /** From process creation to the handshake line, in milliseconds. */
  readonly startMs: number
  /** Whether the announced address refused the very first connection (LIFE-051). */
  readonly refusedFirstConnection: boolean
  readonly output: PluginOutput
  /** How the process ended, once it has. */
  readonly exit: Exit | undefined
  /**
   * Resolves when the process has ended and nobody holds its stdout and stderr any more.
   *
   * Only then does Grafana take a plugin for dead (LIFE-011, LIFE-133). Never for an attached plugin.
   */
  readonly gone: Promise<Exit>
  /** The same plugin; events of calls made through it carry the tag, and they wait as long as these budgets say. Default its own. */
  as(tag: string, budgets?: Budgets): Plugin
  /** Sends exactly these bytes to a method path and yields the answers as bytes. */
  sendBytes(path: string, bytes: Uint8Array, options?: CallOptions): PacketStream<Uint8Array>
  /** Signals the started process alone; from now on its end is no surprise. Nothing happens to an attached plugin. */
  kill(signal: PluginSignal): void
  /** Closes the reading ends of stdout and stderr, as the death of a host does; from now on the plugin may end (LIFE-167). */
  closePipes(): void
  /** Opens one more connection, as a host that reconnects does. */
  connect(): Promise<Connection>
  /** Drops the host's own connection, the streams that it holds included; calls fail until `reconnect` (LIFE-074). */
  disconnect(): void
  /** Drops the host's own connection and opens a new one; resolves when the new one is ready. */
  reconnect(): Promise<void>
  /** Stops as Grafana does: Shutdown, close, 2 s, SIGKILL (LIFE-160). Repeated calls return the same report. */
  stop(): Promise<StopReport>
}

/** Up, or not. */
export type StartOutcome =
  | { readonly kind: 'up'; readonly plugin: Plugin }
  | { readonly kind: 'refused'; readonly fault: StartFault }
