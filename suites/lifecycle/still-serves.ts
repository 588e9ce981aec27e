import type { Plugin } from '../../host/launch/plugin.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import { describeStart } from '../handshake/describe-start.ts'
import type { CaseContext, FreshContext, StartRequest } from '../kernel/case-context.ts'
import type { Rule } from '../kernel/rule.ts'

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

/**
 * Starts the plugin under a circumstance and concludes whether it serves there as it does otherwise.
 *
 * A plugin that fails without the circumstance as well proves nothing about it, so a failure is compared with an ordinary start.
 */
export async function judgeCircumstance(
  t: FreshContext,
  rule: Rule,
  circumstance: { readonly request: StartRequest; readonly shown: string },
): Promise<Plugin | undefined> {
  const outcome = await t.start(circumstance.request)
  const fault = outcome.kind === 'refused' ? describeStart(outcome) : await faultOfServing(t, outcome.plugin)
  if (fault === undefined && outcome.kind === 'up') {
    t.rule(rule).upheld()
    return outcome.plugin
  }
  const control = await t.up()
  const without = await faultOfServing(t, control)
  if (without === undefined)
    t.rule(rule).broken(`a start and an answer ${circumstance.shown}`, fault ?? 'no start')
  else t.rule(rule).unverified(`a plugin that serves otherwise (${without})`)
  return undefined
}
