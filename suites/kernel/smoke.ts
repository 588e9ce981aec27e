import { pluginContext } from '../../host/context/plugin-context.ts'
import { addressFault } from '../../host/launch/describe-fault.ts'
import type { FaultCircumstances } from '../../host/launch/describe-fault.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import type { StartFault } from '../../host/launch/start-fault.ts'
import { describeExit, describeResult } from '../../host/rpc/call-result.ts'
import type { CallResult } from '../../host/rpc/call-result.ts'
import type { RunOptions } from './run-options.ts'
import type { JudgedSubject } from './subject.ts'

const UNAVAILABLE = 14

/** One health check right after the start: does anybody answer at all? Any answer will do, UNIMPLEMENTED included. */
export async function probeHealth(plugin: Plugin, options: RunOptions): Promise<StartFault | undefined> {
  const { subject, profile } = options
  const context = pluginContext(profile, {
    id: subject.id,
    version: subject.version,
    type: subject.type ?? 'datasource',
  })
  const result = await plugin.as('smoke').diagnostics.checkHealth({ pluginContext: context })
  if (result.kind === 'died') return firstCallFault(plugin, result, subject)
  if (result.kind === 'failed' && result.code === UNAVAILABLE)
    return addressFault(
      'unreachable',
      plugin.address,
      describeResult(result),
      circumstancesOf(plugin, result, subject),
    )
  return undefined
}

/** The fault of a plugin that came up, and ended when it was called for the first time. */
export function firstCallFault(
  plugin: Plugin,
  result: Extract<CallResult<unknown>, { readonly kind: 'died' }>,
  subject: Pick<JudgedSubject, 'command'>,
): StartFault {
  const circumstances = circumstancesOf(plugin, result, subject)
  const fault = addressFault('unreachable', plugin.address, describeResult(result), circumstances)
  return {
    ...fault,
    class: 'exited',
    what: `The plugin came up and ended at the first call (${describeExit(result.exit)}).`,
    found: describeResult(result),
    fix: 'The reason is most likely in the last lines of stderr.',
  }
}

function circumstancesOf(
  plugin: Plugin,
  result: CallResult<unknown>,
  { command }: Pick<JudgedSubject, 'command'>,
): FaultCircumstances {
  return {
    command,
    ms: plugin.startMs + result.ms,
    stderr: plugin.output.log.slice(-20).map((record) => record.raw),
    firstLine: plugin.output.stdout[0]?.text,
    laterHandshake: undefined,
    exit: result.kind === 'died' ? result.exit : plugin.exit,
  }
}
