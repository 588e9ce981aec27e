import type { Budgets } from '../budgets.ts'
import type { EventSink } from '../events.ts'
import type { GoPluginVersion, HandshakeOffer } from '../handshake/parse-handshake.ts'
import type { CallSpans } from '../trace/call-spans.ts'
import type { Spawn } from './plugin-process.ts'

/** Everything one start of a plugin depends on. */
export interface StartOptions {
  readonly spawn: Spawn
  /** Name of the process in events. */
  readonly name: string
  readonly env: Readonly<Record<string, string>>
  /** Grafana passes none (LIFE-006), so the default is none. */
  readonly args?: readonly string[]
  readonly cwd?: string
  /** Default `null-device`, as under systemd. */
  readonly stdin?: 'null-device' | 'pipe' | 'closed'
  readonly budgets: Budgets
  readonly sink: EventSink
  /** Milliseconds since the host was created. */
  readonly now: () => number
  readonly spans: CallSpans
  /** Default what Grafana offers. */
  readonly offer?: HandshakeOffer
  /**
   * AutoMTLS (LIFE-092): `offer` talks plaintext to a plugin that announces no certificate, `require` refuses it.
   *
   * Default neither: Grafana never asks for TLS (LIFE-090).
   */
  readonly autoMtls?: 'offer' | 'require'
  /** Which go-plugin reads the handshake and the log lines (LIFE-065, LIFE-128). */
  readonly goPlugin: GoPluginVersion
  /** Says in events that no Grafana starts a plugin like this. Default false. */
  readonly oddOnPurpose?: boolean
  /** The plugin's id, for the words of Grafana's log. Default none. */
  readonly pluginId?: string
  /** Gives up waiting. */
  readonly signal?: AbortSignal
}
