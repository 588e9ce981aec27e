import type { Budgets } from '../../host/budgets.ts'
import type { OperatorSettings } from '../../host/context/operator.ts'
import type { HostProfile } from '../../host/context/profile.ts'
import type { Catalogue } from './catalogue.ts'
import type { Filter } from './filter.ts'
import type { KnownIssue } from './known-issue.ts'
import type { PauseRequest } from './pause.ts'
import type { RunEventSink } from './run-events.ts'
import type { Samples } from './samples.ts'
import type { Contract, JudgedSubject } from './subject.ts'

/** Everything one run depends on. */
export interface RunOptions {
  readonly subject: JudgedSubject
  readonly catalogue: Catalogue
  readonly profile: HostProfile
  readonly samples: Samples
  /** `auto` asks the plugin (a resource below `/conformance/`) whether it follows the scripted contract. */
  readonly contract: Contract | 'auto'
  readonly budgets: Budgets
  readonly seed: number
  /** How many cases run at once. */
  readonly jobs: number
  readonly filter: Filter
  /** The host's own environment, which older Grafanas pass on. */
  readonly inherited: Readonly<Record<string, string | undefined>>
  /** What an operator of the imitated Grafana configured for the plugin. Default nothing. */
  readonly operator?: OperatorSettings
  /** Where somebody wants to attach a debugger. Default nowhere. */
  readonly pause?: PauseRequest
  /** Arguments for the plugin; Grafana passes none (LIFE-006). */
  readonly args?: readonly string[]
  readonly tool: { readonly name: string; readonly version: string }
  /** Broken rules that do not fail the run. */
  readonly known?: readonly KnownIssue[]
  /** Every start asks for AutoMTLS, and a plugin that does not offer it does not come up (LIFE-092). Default false, as Grafana. */
  readonly autoMtls?: boolean
  readonly strict?: boolean
  readonly requireComplete?: boolean
  readonly onEvent?: RunEventSink
  /** Interrupts the run: what runs is stopped, what is open stays unreached. */
  readonly signal?: AbortSignal
}
