import type { StartFault } from '../../host/launch/start-fault.ts'
import { diagnose } from '../../host/diagnosis/diagnose.ts'
import type { Diagnosis } from '../../host/diagnosis/diagnosis.ts'
import { describeExit } from '../../host/rpc/call-result.ts'
import { preflightFault } from '../kernel/preflight-fault.ts'
import { firstCallFault } from '../kernel/smoke.ts'
import { openClinic } from './clinic.ts'
import type { Clinic } from './clinic.ts'
import { connectionSteps } from './connection.ts'
import { withEnvironment } from './environment-difference.ts'
import type { Examination, Step } from './examination.ts'
import type { ExamineOptions } from './examine-options.ts'
import { filesSteps } from './files.ts'
import { secondCopy } from './second-copy.ts'
import { callServices } from './services.ts'
import { stopStep } from './stop.ts'

/** Examines one plugin: files, start, handshake, one call per service, stop; never throws for anything that the plugin does. */
export async function examine(options: ExamineOptions): Promise<Examination> {
  const { subject, profile, tool } = options
  const clinic = openClinic(options)
  const steps: Step[] = []
  const note = (...more: readonly Step[]): void => {
    steps.push(...more)
    for (const step of more) options.onStep?.(step)
  }
  const diagnosis = await walk(options, clinic, note)
  const up = steps.some((step) => step.name === 'connection' && step.mark !== 'bad')
  const interrupted = options.signal?.aborted === true
  return {
    doctor: 1,
    tool,
    grafana: profile.grafanaVersion,
    subject: { id: subject.id, version: subject.version, command: subject.command },
    steps,
    ...(diagnosis === undefined || interrupted ? {} : { diagnosis }),
    ms: Math.round(clinic.now()),
    exitCode: interrupted ? 130 : exitCodeOf(steps, up),
  }
}

function exitCodeOf(steps: readonly Step[], up: boolean): 0 | 1 | 3 {
  if (!up) return 3
  return steps.some((step) => step.mark === 'bad') ? 1 : 0
}

type Note = (...steps: readonly Step[]) => void

async function walk(options: ExamineOptions, clinic: Clinic, note: Note): Promise<Diagnosis | undefined> {
  const { subject, profile } = options
  note(...(await filesSteps(subject)))
  const fatal = subject.preflight.find((finding) => finding.fatal)
  if (fatal !== undefined)
    return diagnose(preflightFault(fatal, { pluginId: subject.id, goPlugin: profile.goPlugin }))
  const outcome = await clinic.start('doctor')
  if (outcome.kind === 'refused') {
    note(...faultSteps(outcome.fault, subject.address !== undefined))
    return diagnose(await withEnvironment(outcome.fault, options, clinic))
  }
  const { plugin } = outcome
  try {
    note(...(await connectionSteps(plugin)))
    const [copy, died] = await Promise.all([
      secondCopy(plugin, options, clinic),
      callServices(plugin, options, note),
    ])
    if (copy !== undefined) note(copy)
    const fault = died === undefined ? undefined : firstCallFault(plugin, died, subject)
    return fault === undefined ? undefined : diagnose(fault)
  } finally {
    note(await stopStep(plugin))
  }
}

/** What of a start that failed was still in order. */
function faultSteps(fault: StartFault, attached: boolean): readonly Step[] {
  const { ms } = fault
  if (fault.class === 'exec') return [{ name: 'start', mark: 'bad', ms, text: fault.found }]
  const end = fault.exit === undefined ? '' : `, then ${describeExit(fault.exit)}`
  const started: readonly Step[] = attached
    ? []
    : [{ name: 'start', mark: 'good', ms: undefined, text: `the process was started${end}` }]
  const met = fault.class === 'unreachable' || fault.class === 'silent'
  if (!met || fault.field !== undefined)
    return [...started, { name: 'handshake', mark: 'bad', ms, text: fault.what }]
  const handshake: readonly Step[] =
    fault.firstLine === undefined
      ? []
      : [{ name: 'handshake', mark: 'good', ms: undefined, text: fault.firstLine }]
  return [...started, ...handshake, { name: 'connection', mark: 'bad', ms, text: fault.what }]
}
