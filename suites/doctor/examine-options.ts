import type { Budgets } from '../../host/budgets.ts'
import type { OperatorSettings } from '../../host/context/operator.ts'
import type { HostProfile } from '../../host/context/profile.ts'
import type { EventSink } from '../../host/events.ts'
import type { Samples } from '../kernel/samples.ts'
import type { JudgedSubject } from '../kernel/subject.ts'
import type { Step } from './examination.ts'

/** Everything that an examination depends on. */
export interface ExamineOptions {
  readonly subject: JudgedSubject
  readonly profile: HostProfile
  readonly samples: Samples
  readonly budgets: Budgets
  /** The host's own environment, which older Grafanas pass on. */
  readonly inherited: Readonly<Record<string, string | undefined>>
  /** What an operator of that Grafana configured for the plugin. Default nothing. */
  readonly operator?: OperatorSettings
  /** Arguments for the plugin; Grafana passes none (LIFE-006). */
  readonly args?: readonly string[]
  readonly tool: { readonly name: string; readonly version: string }
  readonly signal?: AbortSignal
  /** Sees every step as soon as it is over. */
  readonly onStep?: (step: Step) => void
  readonly onEvent?: EventSink
}
