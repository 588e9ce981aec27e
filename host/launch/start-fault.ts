import type { PreflightFindingKind } from './preflight-finding.ts'
import type { StartWitness } from './start-witness.ts'
import type { TlsFault } from './tls-fault.ts'

/** Why a plugin did not come up: go-plugin's classes (LIFE-065) and the three that show only at the first dial. */
export type StartFaultClass =
  | 'preflight'
  | 'exec'
  | 'timeout'
  | 'exited'
  | 'garbage'
  | 'too-long'
  | 'core-parse'
  | 'core-version'
  | 'app-parse'
  | 'app-version'
  | 'network'
  | 'address'
  | 'protocol'
  | 'cert'
  | 'unasked-cert'
  | 'unreachable'
  | 'silent'
  | 'tls'

/** A start that failed, with everything that explains it. */
export interface StartFault {
  readonly class: StartFaultClass
  /** What was wrong with the files; only for `preflight`. */
  readonly finding?: PreflightFindingKind
  /** One sentence: what happened. */
  readonly what: string
  /** The field of the handshake that was refused (1 to 7), where it was one. */
  readonly field?: number
  readonly expected: string
  readonly found: string
  /** What to change. */
  readonly fix: string
  /** The line in Grafana's own log, word for word but for the time; empty where it logs nothing. */
  readonly grafanaLog: string
  /** What happens to the Grafana server besides the log line: `plugin` = only this plugin is missing, `server` = the whole server exits. */
  readonly blast: 'plugin' | 'server'
  /** What stood on stdout without a line feed when the time was over. */
  readonly partialLine?: string
  /** First line of stdout, if there was one. */
  readonly firstLine?: string
  /** A later line of stdout that would have been a valid handshake. */
  readonly laterHandshake?: { readonly line: string; readonly number: number }
  /** How the process ended, when it did so by itself. */
  readonly exit?: { readonly code: number | null; readonly signal: string | null }
  /** Which variables make the difference, when the plugin starts in an older Grafana, which passes its environment on. */
  readonly environment?: string
  /** What was seen around the process while it lived. */
  readonly witness?: StartWitness
  /** Only when the host asked for AutoMTLS: how far that came. */
  readonly tls?: TlsFault
  /** The last lines of stderr, at most 60, of which a diagnosis shows 20. */
  readonly stderr: readonly string[]
  /** Milliseconds from process creation to the fault. */
  readonly ms: number
}
