import type { DataQuery, PluginContext } from '../../proto/gen/grafana/backend_pb.js'
import type { Budgets } from '../../host/budgets.ts'
import type { Canaries } from '../../host/context/canaries.ts'
import type { ContextOptions } from '../../host/context/plugin-context.ts'
import type { HostProfile } from '../../host/context/profile.ts'
import type { HandshakeOffer } from '../../host/handshake/parse-handshake.ts'
import type { Plugin, StartOutcome } from '../../host/launch/plugin.ts'
import type { CallResult } from '../../host/rpc/call-result.ts'
import type { CallSpans } from '../../host/trace/call-spans.ts'
import type { Rule } from './rule.ts'
import type { Samples } from './samples.ts'
import type { Contract, JudgedSubject } from './subject.ts'

/** Concludes one rule; the first `broken` stays, and `broken` outweighs `upheld`. */
export interface Judge {
  upheld(): void
  broken(expected: string, actual: string): void
  unverified(missing: string): void
  inapplicable(undeclared: string): void
}

/** What a query of a case may say. */
export interface QueryOptions {
  /** Default `A`. */
  readonly refId?: string
  /** The plugin's own part of the model; default the first sample query, else nothing. */
  readonly model?: Readonly<Record<string, unknown>>
  readonly queryType?: string
  readonly from?: number
  readonly to?: number
  readonly intervalMs?: number
  readonly maxDataPoints?: number
  readonly hide?: boolean
}

/** What every case has. */
export interface CaseContext {
  readonly subject: JudgedSubject
  readonly profile: HostProfile
  readonly contract: Contract
  readonly samples: Samples
  /** Whether every start of this run is under AutoMTLS, so that nothing can be said about plaintext. */
  readonly autoMtls: boolean
  /** Empty for a case without variants. */
  readonly variant: string
  readonly budgets: Budgets
  readonly canaries: Canaries
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal
  /** A number in [0, 1) from the run's seed, the same for the same case in every run. */
  random(): number
  /** Concludes a rule that the case judges. */
  rule(rule: Rule): Judge
  /** Evidence for every verdict of this case. */
  note(label: string, value: string): void
  /** The context that the imitated Grafana sends, with canaries as secrets. */
  context(options?: ContextOptions): PluginContext
  /** A query as the imitated Grafana would send it. */
  query(options?: QueryOptions): DataQuery
  /**
   * The message of a call that has to be answered for the case to go on.
   *
   * Anything else ends the case: rules still open become inapplicable (UNIMPLEMENTED), unverified (another status) or
   * unreached (the plugin died or was out of time).
   */
  answered<Message>(result: CallResult<Message>): Message
}

export type StaticContext = CaseContext

/** For cases that judge how the shared process came up. */
export interface StartContext extends CaseContext {
  readonly outcome: StartOutcome
}

export interface SharedContext extends CaseContext {
  readonly plugin: Plugin
}

/** What a start of a case may change. */
export interface StartRequest {
  /** Added to the environment; `undefined` removes a name. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** `profile` is what the imitated Grafana passes, `bare` go-plugin's four variables and GF_VERSION alone (LIFE-023). Default `profile`. */
  readonly environment?: 'profile' | 'bare'
  readonly cwd?: string
  readonly stdin?: 'null-device' | 'pipe' | 'closed'
  readonly offer?: HandshakeOffer
  readonly spans?: CallSpans
  /** Asks for AutoMTLS; a plugin that announces no certificate is talked to in plaintext, unless the whole run is under AutoMTLS. */
  readonly autoMtls?: 'offer'
  /** What the plugin prints in this launch is no example of its logs: no Grafana starts a plugin like this (LIFE-122). */
  readonly oddOnPurpose?: true
  /** Shorter or longer waits for this start alone. */
  readonly budgets?: Partial<Budgets>
}

export interface FreshContext extends CaseContext {
  /** Starts a process; it is stopped when the case ends. */
  start(request?: StartRequest): Promise<StartOutcome>
  /** Starts a process that has to come up for the case to go on. */
  up(request?: StartRequest): Promise<Plugin>
  /** The environment of a start without changes. */
  environment(kind?: StartRequest['environment']): Readonly<Record<string, string>>
  /** A new, empty folder that is removed when the case ends. */
  folder(): Promise<string>
}
