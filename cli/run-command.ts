import { defaultBudgets, scaleBudgets } from '../host/budgets.ts'
import { ConformanceError } from '../host/conformance-error.ts'
import { profileNamed } from '../host/context/profile.ts'
import { resolveSubject } from '../host/launch/resolve-subject.ts'
import { catalogue } from '../suites/catalogue.ts'
import { judgedSubject } from '../suites/judged-subject.ts'
import { run } from '../suites/kernel/run.ts'
import { renderHeading, renderReport } from '../suites/report/terminal.ts'
import { findSamples } from '../suites/samples/find-samples.ts'
import { readConformanceYaml } from '../suites/samples/read-conformance-yaml.ts'
import { progressOf } from './progress.ts'
import type { RunFlags } from './run-flags.ts'
import type { Terminal } from './streams.ts'
import { Traces } from './traces.ts'
import { TOOL } from './tool.ts'

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
  const cwd = process.cwd()
  if (request.path === undefined && flags.attach === undefined) throw noSubject()
  const profile = profileNamed(flags.grafana)
  const resolved = await resolveSubject(request.path, {
    cwd,
    ...(flags.attach === undefined ? {} : { attach: flags.attach }),
  })
  const subject = await judgedSubject(resolved)
  const found =
    flags.samples === undefined
      ? await findSamples(subject.directory, cwd)
      : { samples: await readConformanceYaml(flags.samples) }
  const traces = new Traces(flags)
  const progress = progressOf(terminal)
  const report = await run({
    subject,
    catalogue,
    profile,
    samples: found.samples,
    contract: flags.contract,
    budgets: flags.patience === 1 ? defaultBudgets : scaleBudgets(defaultBudgets, flags.patience),
    seed: flags.seed,
    jobs: flags.jobs,
    filter: { only: flags.only, skip: flags.skip },
    inherited: process.env,
    args: request.args,
    tool: TOOL,
    strict: flags.strict ?? false,
    requireComplete: flags.requireComplete ?? false,
    signal: request.signal,
    onEvent(event) {
      traces.see(event)
      progress(event)
    },
  })
  terminal.status('')
  if (flags.json === true) {
    terminal.out(`${JSON.stringify(report, undefined, 2)}\n`)
    return report.exitCode
  }
  const shown = request.path ?? `--attach ${flags.attach ?? ''}`
  terminal.out(`${renderHeading(report, terminal.style)}\n\n`)
  terminal.out(traces.render(report, terminal.style))
  terminal.out(renderReport(report, { subject: shown }, terminal.style))
  return report.exitCode
}

function noSubject(): ConformanceError {
  const hint =
    'For example: grafana-plugin-conformance ./dist (the folder with plugin.json), or --attach 127.0.0.1:50051.'
  return new ConformanceError('usage', 'Expected the plugin to judge, found no argument.', { hint })
}
