import { formatAddress } from '../../host/handshake/handshake.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import { diagnose } from '../../host/diagnosis/diagnose.ts'
import type { Clinic } from './clinic.ts'
import type { Step } from './examination.ts'
import type { ExamineOptions } from './examine-options.ts'

/** Starts a plugin that listens on TCP once more beside the first: only that shows a constant port (LIFE-081). */
export async function secondCopy(
  plugin: Plugin,
  { subject, budgets }: ExamineOptions,
  clinic: Clinic,
): Promise<Step | undefined> {
  const { address } = plugin
  if (address.kind === 'unix' || subject.start !== 'child') return undefined
  const began = clinic.now()
  // A copy that takes much longer than the first one is not going to come.
  const patience = Math.min(budgets.handshake, PATIENCE * plugin.startMs + budgets.connect)
  const outcome = await clinic.start('doctor-copy', { patience })
  const ms = Math.round(clinic.now() - began)
  const step = { name: 'second copy', ms } as const
  const fix =
    'Bind port 0 and print the port that was given: a restart, another data source or another Grafana on this machine needs a port of its own.'
  if (outcome.kind === 'refused')
    return {
      ...step,
      mark: 'warning',
      text: `a second copy does not start: ${outcome.fault.what} ${diagnose(outcome.fault).cause}`,
      fix,
    }
  const same = formatAddress(outcome.plugin.address) === formatAddress(address)
  await outcome.plugin.stop()
  if (same)
    return {
      ...step,
      mark: 'warning',
      text: `a second copy announces the same address, ${formatAddress(address)}`,
      fix,
    }
  return { ...step, mark: 'good', text: 'starts beside the first, on a port of its own' }
}

const PATIENCE = 10
