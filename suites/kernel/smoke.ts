import { pluginContext } from '../../host/context/plugin-context.ts'
import { addressFault } from '../../host/launch/describe-fault.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import type { StartFault } from '../../host/launch/start-fault.ts'
import { describeExit, describeResult } from '../../host/rpc/call-result.ts'
import type { RunOptions } from './run-options.ts'

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
  const circumstances = {
    command: subject.command,
    ms: plugin.startMs + result.ms,
    stderr: plugin.output.log.slice(-20).map((record) => record.raw),
    firstLine: plugin.output.stdout[0]?.text,
    laterHandshake: undefined,
    exit: plugin.exit,
  }
  if (result.kind === 'died') {
    const fault = addressFault('unreachable', plugin.address, describeResult(result), circumstances)
    return {
      ...fault,
      class: 'exited',
      what: `The plugin came up and ended at the first health check (${describeExit(result.exit)}).`,
      found: describeResult(result),
      fix: 'The reason is most likely in the stderr lines above.',
    }
  }
  if (result.kind === 'failed' && result.code === UNAVAILABLE)
    return addressFault('unreachable', plugin.address, describeResult(result), circumstances)
  return undefined
}
