import type { Budgets } from '../budgets.ts'
import { defaultBudgets } from '../budgets.ts'
import { ConformanceError } from '../conformance-error.ts'
import { startEnvironment } from '../context/environment.ts'
import { configuredStart } from '../context/operator.ts'
import type { OperatorSettings } from '../context/operator.ts'
import { defaultAppUrl } from '../context/plugin-context.ts'
import { newestProfile } from '../context/profile.ts'
import type { HostProfile } from '../context/profile.ts'
import type { EventSink } from '../events.ts'
import { createCallSpans } from '../trace/call-spans.ts'
import type { CallSpans } from '../trace/call-spans.ts'
import { attachPlugin } from './attach-plugin.ts'
import type { Plugin, StartOutcome } from './plugin.ts'
import { resolveSubject } from './resolve-subject.ts'
import { inRunnerMode } from './runner-mode.ts'
import { childSpawner } from './spawn-child.ts'
import { refuseStandalone } from './standalone.ts'
import type { StartFault } from './start-fault.ts'
import { startPlugin } from './start-plugin.ts'
import type { ExecutableSubject, Subject } from './subject.ts'

/** How `launch` starts a plugin; every default is what the newest Grafana does. */
export interface LaunchOptions {
  /** Which Grafana to imitate. Default the newest that is known. */
  readonly profile?: HostProfile
  readonly budgets?: Budgets
  /** Receives every message, log line and process event as it happens. */
  readonly onEvent?: EventSink
  /** What an operator of that Grafana configured for the plugin. Default nothing. */
  readonly operator?: OperatorSettings
  /** Added to the environment that Grafana gives; a function is asked anew at every start (LIFE-026). */
  readonly env?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>)
  /** Default none, as Grafana (LIFE-006). */
  readonly args?: readonly string[]
  /** Default this process's own (LIFE-008). */
  readonly cwd?: string
  /** Asks for AutoMTLS and refuses a plugin that does not offer it (LIFE-092). Default false, as Grafana (LIFE-090). */
  readonly autoMtls?: boolean
  /** Trace context of the calls; `noCallSpans` switches it off. Default one sampled client span a call. */
  readonly spans?: CallSpans
  /** Gives up a start, and cancels calls. */
  readonly signal?: AbortSignal
}

/**
 * Starts a plugin as Grafana would, or attaches to one that runs, and gives typed clients for all of its services.
 *
 * Rejects with `plugin-start-failed` when it does not come up; `cause` is then the `StartFault`.
 *
 * @example
 * await using plugin = await launch('./my-plugin')
 * const result = await plugin.diagnostics.checkHealth({ pluginContext })
 */
export async function launch(subject: string | Subject, options: LaunchOptions = {}): Promise<Plugin> {
  const resolved =
    typeof subject === 'string' ? await resolveSubject(subject, { cwd: process.cwd() }) : subject
  const common = commonOptions(resolved, options)
  const outcome =
    resolved.kind === 'attached'
      ? await attachPlugin(resolved.address, common)
      : await startOnce(resolved, options, common)
  if (outcome.kind === 'up') return outcome.plugin
  throw startFailed(outcome.fault)
}

/** Fills in what `launch` and `keepAlive` leave to their callers. */
export function commonOptions(subject: Subject, options: LaunchOptions): CommonOptions {
  const began = performance.now()
  return {
    name: subject.pluginJson?.id ?? 'plugin',
    budgets: options.budgets ?? defaultBudgets,
    sink: options.onEvent ?? (() => {}),
    now: () => performance.now() - began,
    spans: options.spans ?? createCallSpans(),
  }
}

/** What the starts of one host have in common. */
export type CommonOptions = Pick<
  Parameters<typeof startPlugin>[0],
  'name' | 'budgets' | 'sink' | 'now' | 'spans'
>

/** Starts an executable once; its environment is made anew, as Grafana does at every start (LIFE-026). */
export function startOnce(
  subject: ExecutableSubject,
  options: LaunchOptions,
  common: CommonOptions,
): Promise<StartOutcome> {
  const { profile = newestProfile, operator, env, args, cwd, autoMtls = false, signal } = options
  refuseStandalone(args ?? [])
  const given = startEnvironment(profile, {
    inherited: process.env,
    pluginVersion: subject.pluginJson?.version ?? '',
    appUrl: defaultAppUrl,
    ...configuredStart(operator),
  })
  const spawn = childSpawner(subject.executable)
  return startPlugin({
    ...common,
    spawn: operator?.runnerMode === true ? inRunnerMode(spawn) : spawn,
    env: { ...given, ...(typeof env === 'function' ? env() : env) },
    goPlugin: profile.goPlugin,
    ...(subject.pluginJson === undefined ? {} : { pluginId: subject.pluginJson.id }),
    ...(autoMtls ? { autoMtls: 'require' } : {}),
    ...(args === undefined ? {} : { args }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(signal === undefined ? {} : { signal }),
  })
}

/** The error for a first start that failed; nobody tries it again (LIFE-063). */
export function startFailed(fault: StartFault): ConformanceError {
  return new ConformanceError(
    'plugin-start-failed',
    `${fault.what} Expected ${fault.expected}; found ${fault.found}.`,
    { hint: fault.fix, cause: fault },
  )
}
