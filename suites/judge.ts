import type { Budgets } from '../host/budgets.ts'
import { defaultBudgets } from '../host/budgets.ts'
import { ConformanceError } from '../host/conformance-error.ts'
import { startEnvironment } from '../host/context/environment.ts'
import { configuredStart } from '../host/context/operator.ts'
import type { OperatorSettings } from '../host/context/operator.ts'
import { defaultAppUrl } from '../host/context/plugin-context.ts'
import { newestProfile } from '../host/context/profile.ts'
import type { HostProfile } from '../host/context/profile.ts'
import { resolveSubject } from '../host/launch/resolve-subject.ts'
import { describeStandalone, findStandalone, refuseStandalone } from '../host/launch/standalone.ts'
import type { Subject } from '../host/launch/subject.ts'
import { catalogue } from './catalogue.ts'
import { judgedSubject } from './judged-subject.ts'
import type { Filter } from './kernel/filter.ts'
import type { KnownIssue } from './kernel/known-issue.ts'
import type { PauseRequest } from './kernel/pause.ts'
import type { Report } from './kernel/report.ts'
import { run } from './kernel/run.ts'
import type { RunEventSink } from './kernel/run-events.ts'
import type { Samples } from './kernel/samples.ts'
import type { Contract } from './kernel/subject.ts'
import { findKnownIssues } from './known/find-known-issues.ts'
import { findSamples } from './samples/find-samples.ts'
import { TOOL } from './tool.ts'

/** How a plugin is judged; everything has the default of the command line. */
export interface JudgeOptions {
  /** Address or handshake line of a plugin that runs already. */
  readonly attach?: string
  /** Which Grafana to imitate. Default the newest that is known. */
  readonly profile?: HostProfile
  /** Default what `conformance.yaml` says, if there is one. */
  readonly samples?: Samples
  /** Default `auto`: the plugin is asked. */
  readonly contract?: Contract | 'auto'
  readonly budgets?: Budgets
  /** Default 1. */
  readonly seed?: number
  /** Cases at once. Default 4. */
  readonly jobs?: number
  readonly filter?: Filter
  /** What an operator of that Grafana configured for the plugin. Default nothing. */
  readonly operator?: OperatorSettings
  /** Where the run stands still for a debugger. Default nowhere. */
  readonly pause?: PauseRequest
  /** Arguments for the plugin. Default none, as Grafana. */
  readonly args?: readonly string[]
  /** Broken rules that do not fail the run. Default what `conformance.known.yaml` says, if there is one. */
  readonly known?: readonly KnownIssue[]
  /** Every start asks for AutoMTLS, as hosts of go-plugin other than Grafana may (LIFE-092). Default false. */
  readonly autoMtls?: boolean
  /** Broken SHOULD rules fail the run. Default false. */
  readonly strict?: boolean
  /** Rules without a verdict fail the run. Default false. */
  readonly requireComplete?: boolean
  readonly onEvent?: RunEventSink
  readonly signal?: AbortSignal
}

/** Judges the plugin at a path (folder, plugin.json or executable) against the whole catalogue. */
export async function judge(path: string | undefined, options: JudgeOptions = {}): Promise<Report> {
  const cwd = process.cwd()
  const { attach, samples, known, profile = newestProfile, ...rest } = options
  if (attach !== undefined && rest.autoMtls === true) throw runsAlready()
  refuseStandalone(options.args ?? [])
  const resolved = await resolveSubject(path, { cwd, ...(attach === undefined ? {} : { attach }) })
  const subject = await judgedSubject(resolved)
  await warnOfStandalone(resolved, profile, options)
  const found = samples ?? (await findSamples(subject.directory, cwd)).samples
  return run({
    subject,
    known: known ?? (await findKnownIssues(subject.directory, cwd)),
    catalogue,
    profile,
    samples: found,
    contract: 'auto',
    budgets: defaultBudgets,
    seed: 1,
    jobs: 4,
    filter: { only: [], skip: [] },
    inherited: process.env,
    tool: TOOL,
    ...rest,
  })
}

/** The plugin itself looks at its folder and at what it is given; an old Grafana gives it the host's variables, too (LIFE-181). */
async function warnOfStandalone(
  subject: Subject,
  profile: HostProfile,
  options: JudgeOptions,
): Promise<void> {
  if (subject.kind === 'attached') return
  const env = startEnvironment(profile, {
    inherited: process.env,
    pluginVersion: '',
    appUrl: defaultAppUrl,
    ...configuredStart(options.operator),
  })
  const server = await findStandalone(subject, env)
  if (server !== undefined) options.onEvent?.({ kind: 'notice', text: describeStandalone(server) })
}

/** AutoMTLS begins with a variable for a new process. */
function runsAlready(): ConformanceError {
  return new ConformanceError(
    'usage',
    'Expected a plugin to start under AutoMTLS, found one that runs already.',
    {
      hint: 'PLUGIN_CLIENT_CERT can only be given to a new process: name the plugin instead of attaching to it.',
    },
  )
}
