import { lostVariables } from '../../host/context/environment.ts'
import type { StartFault } from '../../host/launch/start-fault.ts'
import { explainedLoss } from '../kernel/explained-start.ts'
import type { Clinic } from './clinic.ts'
import type { ExamineOptions } from './examine-options.ts'

/** The fault of a plugin that would start in an older Grafana, which hands down its own environment, with the variables that it misses (LIFE-022). */
export async function withEnvironment(
  fault: StartFault,
  { subject, profile, inherited, signal }: ExamineOptions,
  clinic: Clinic,
): Promise<StartFault> {
  if (subject.start !== 'child' || signal?.aborted === true) return fault
  const lost = lostVariables(profile, clinic.settings)
  const base = clinic.environment()
  let starts = 0
  return explainedLoss(fault, { profile, lost }, (names) => {
    const more = Object.fromEntries(names.map((name) => [name, inherited[name] ?? '']))
    return clinic.start(`doctor-environment-${++starts}`, { env: { ...base, ...more } })
  })
}
