import { performance } from 'node:perf_hooks'

import { startEnvironment } from '../../host/context/environment.ts'
import type { StartOptions as EnvironmentOptions } from '../../host/context/environment.ts'
import { configuredStart } from '../../host/context/operator.ts'
import { defaultAppUrl } from '../../host/context/plugin-context.ts'
import { attachPlugin } from '../../host/launch/attach-plugin.ts'
import type { StartOutcome } from '../../host/launch/plugin.ts'
import { inRunnerMode } from '../../host/launch/runner-mode.ts'
import { startPlugin } from '../../host/launch/start-plugin.ts'
import { createCallSpans } from '../../host/trace/call-spans.ts'
import type { ExamineOptions } from './examine-options.ts'

/** Starts the examined plugin, as often as the doctor wants to look. */
export interface Clinic {
  /** Milliseconds since the examination began. */
  now(): number
  /** What the environment of a start depends on. */
  readonly settings: EnvironmentOptions
  /** The environment that the imitated Grafana gives. */
  environment(): Readonly<Record<string, string>>
  /** Starts the plugin, or attaches to it when it runs already. */
  start(name: string, request?: StartRequest): Promise<StartOutcome>
}

/** What an experiment changes about a start. */
export interface StartRequest {
  readonly env?: Readonly<Record<string, string>>
  /** How long to wait for the handshake; default as Grafana. */
  readonly patience?: number
}

/** Where the plugin of these options is started. */
export function openClinic(options: ExamineOptions): Clinic {
  const began = performance.now()
  const now = (): number => performance.now() - began
  const spans = createCallSpans()
  const { subject, budgets, inherited, profile, operator, args, signal } = options
  const sink = options.onEvent ?? (() => {})
  const settings = {
    inherited,
    pluginVersion: subject.version,
    appUrl: defaultAppUrl,
    ...configuredStart(operator),
  }
  const environment = (): Readonly<Record<string, string>> => startEnvironment(profile, settings)
  return {
    now,
    settings,
    environment,
    start(name, { env, patience } = {}) {
      const common = { name, sink, now, spans, ...(signal === undefined ? {} : { signal }) }
      if (subject.address !== undefined) return attachPlugin(subject.address, { ...common, budgets })
      if (subject.spawn === undefined)
        throw new TypeError(`${subject.command} can be neither started nor attached to`)
      return startPlugin({
        ...common,
        spawn: operator?.runnerMode === true ? inRunnerMode(subject.spawn) : subject.spawn,
        env: env ?? environment(),
        budgets: patience === undefined ? budgets : { ...budgets, handshake: patience },
        goPlugin: profile.goPlugin,
        pluginId: subject.id,
        ...(args === undefined ? {} : { args }),
      })
    },
  }
}
