import { defaultBudgets, scaleBudgets } from '../host/budgets.ts'
import { ConformanceError } from '../host/conformance-error.ts'
import { profileNamed } from '../host/context/profile.ts'
import { consult } from '../suites/doctor/consult.ts'
import { renderExamination } from '../suites/report/doctor.ts'
import { readConformanceYaml } from '../suites/samples/read-conformance-yaml.ts'
import type { DoctorFlags } from './doctor-flags.ts'
import type { Terminal } from './streams.ts'

/** What `doctor` needs besides its flags. */
export interface DoctorRequest {
  /** The plugin as the user named it; undefined only with `--attach`. */
  readonly path: string | undefined
  readonly flags: DoctorFlags
  /** What followed `--`. */
  readonly args: readonly string[]
  readonly terminal: Terminal
  readonly signal: AbortSignal
}

/** Examines a plugin and prints the sheet; returns the exit code. */
export async function doctorCommand(request: DoctorRequest): Promise<number> {
  const { flags, terminal, path } = request
  if (path === undefined && flags.attach === undefined)
    throw new ConformanceError('usage', 'Expected the plugin to examine, found no argument.', {
      hint: 'For example: grafana-plugin-conformance doctor ./dist (the folder with plugin.json), or --attach 127.0.0.1:50051.',
    })
  const examination = await consult(path, {
    ...(flags.attach === undefined ? {} : { attach: flags.attach }),
    ...(flags.samples === undefined ? {} : { samples: await readConformanceYaml(flags.samples) }),
    profile: profileNamed(flags.grafana),
    budgets: flags.patience === 1 ? defaultBudgets : scaleBudgets(defaultBudgets, flags.patience),
    args: request.args,
    operator: {
      forwardHostEnv: flags.forwardHostEnv ?? false,
      pluginSettings: flags.pluginSetting,
      runnerMode: flags.runnerMode ?? false,
    },
    signal: request.signal,
    onStep: ({ name }) => terminal.status(`${name} …`),
  })
  terminal.status('')
  terminal.out(
    flags.json === true
      ? `${JSON.stringify(examination, undefined, 2)}\n`
      : renderExamination(examination, terminal.style),
  )
  return examination.exitCode
}
