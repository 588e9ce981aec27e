import type { Plugin, StartOutcome } from '../../host/launch/plugin.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import type { CaseContext } from '../kernel/case-context.ts'
import { describeStart } from '../handshake/describe-start.ts'

/** gRPC's status for a connection that can't be had. */
const UNAVAILABLE = 14

/**
 * What is wrong with a plugin that ought to serve, or undefined.
 *
 * Any answer of CheckHealth will do, an error too: a plugin without its backend is not healthy, and that is no matter of its start.
 */
export async function faultOfServing(t: CaseContext, plugin: Plugin): Promise<string | undefined> {
  const result = await plugin.diagnostics.checkHealth(
    { pluginContext: t.context() },
    { budgetMs: t.budgets.call },
  )
  if (result.kind === 'answered') return undefined
  if (result.kind === 'failed' && result.code !== UNAVAILABLE) return undefined
  return `CheckHealth: ${describeResult(result)}`
}

/** What is wrong with a start after which the plugin ought to serve, or undefined. */
export async function faultOfStart(t: CaseContext, outcome: StartOutcome): Promise<string | undefined> {
  return outcome.kind === 'refused' ? describeStart(outcome) : faultOfServing(t, outcome.plugin)
}
