import { defaultBudgets, scaleBudgets } from '../host/budgets.ts'
import { ConformanceError } from '../host/conformance-error.ts'
import { profileNamed } from '../host/context/profile.ts'
import { catalogue } from '../suites/catalogue.ts'
import { judge } from '../suites/judge.ts'
import { readKnownIssues } from '../suites/known/read-known-issues.ts'
import { renderHeading, renderReport } from '../suites/report/terminal.ts'
import { readConformanceYaml } from '../suites/samples/read-conformance-yaml.ts'
import { tellGithub } from './github.ts'
import { Pause } from './pause.ts'
import { progressOf } from './progress.ts'
import { ReportFiles } from './report-files.ts'
import type { RunFlags } from './run-flags.ts'
import type { Terminal } from './streams.ts'
import { Traces } from './traces.ts'

/** What `run` needs besides its flags. */
export interface RunRequest {
  /** The plugin as the user named it; undefined only with `--attach`. */
  readonly path: string | undefined
  readonly flags: RunFlags
  /** What followed `--`. */
  readonly args: readonly string[]
  readonly terminal: Terminal
  readonly signal: AbortSignal
}

/** Judges a plugin and prints the report; returns the exit code. */
export async function runCommand(request: RunRequest): Promise<number> {
  const { flags, terminal } = request
  if (request.path === undefined && flags.attach === undefined) throw noSubject()
  // Asked for before anything is started: who can't press Enter would wait for ever.
  await using pause = flags.pauseBefore === undefined ? undefined : new Pause(flags.pauseBefore, terminal)
  using files = new ReportFiles(flags.report)
  const signal = pause === undefined ? request.signal : AbortSignal.any([request.signal, pause.signal])
  const traces = new Traces(flags)
  const progress = progressOf(terminal)
  const report = await judge(request.path, {
    ...(flags.attach === undefined ? {} : { attach: flags.attach }),
    ...(flags.samples === undefined ? {} : { samples: await readConformanceYaml(flags.samples) }),
    ...(flags.known === undefined ? {} : { known: await readKnownIssues(flags.known, catalogue) }),
    profile: profileNamed(flags.grafana),
    contract: flags.contract,
    budgets: flags.patience === 1 ? defaultBudgets : scaleBudgets(defaultBudgets, flags.patience),
    seed: flags.seed,
    jobs: flags.jobs,
    filter: { only: flags.only, skip: flags.skip },
    args: request.args,
    autoMtls: flags.automtls ?? false,
    strict: flags.strict ?? false,
    requireComplete: flags.requireComplete ?? false,
    operator: {
      forwardHostEnv: flags.forwardHostEnv ?? false,
      pluginSettings: flags.pluginSetting,
      runnerMode: flags.runnerMode ?? false,
    },
    ...(pause === undefined ? {} : { pause }),
    signal,
    onEvent(event) {
      if (event.kind === 'notice') return terminal.err(`${event.text}\n`)
      traces.see(event)
      files.see(event)
      progress(event)
    },
  })
  terminal.status('')
  pause?.check()
  files.write(report)
  if (flags.json === true) {
    terminal.out(`${JSON.stringify(report, undefined, 2)}\n`)
    return report.exitCode
  }
  const named = request.path ?? `--attach ${flags.attach ?? ''}`
  const shown = flags.automtls === true ? `${named} --automtls` : named
  terminal.out(`${renderHeading(report, terminal.style)}\n\n`)
  terminal.out(traces.render(report, terminal.style))
  terminal.out(renderReport(report, { subject: shown }, terminal.style))
  tellGithub(report, process.env, terminal)
  return report.exitCode
}

function noSubject(): ConformanceError {
  const hint =
    'For example: grafana-plugin-conformance ./dist (the folder with plugin.json), or --attach 127.0.0.1:50051.'
  return new ConformanceError('usage', 'Expected the plugin to judge, found no argument.', { hint })
}
