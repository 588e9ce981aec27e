import { lostVariables } from '../../host/context/environment.ts'
import { neededVariables } from '../../host/launch/needed-variables.ts'
import type { StartOutcome } from '../../host/launch/plugin.ts'
import { startFor, startSettings } from './contexts.ts'
import type { RunWorld } from './run-world.ts'

/** The last Grafana that hands its whole environment down (LIFE-022). */
const LAST_TO_INHERIT = '12.3'

/** How many names a message lists. */
const SHOWN = 8

/**
 * Looks whether a plugin that does not come up would do so in an older Grafana, which passes its environment on.
 *
 * Says so in the fault, with the names of the variables that make the difference (failure story 11). Values stay unsaid.
 */
export async function explainedStart(outcome: StartOutcome, world: RunWorld): Promise<StartOutcome> {
  const { options } = world
  if (outcome.kind === 'up' || options.subject.spawn === undefined || world.signal.aborted) return outcome
  // Another environment does not change what TLS is about.
  if (outcome.fault.tls !== undefined) return outcome
  const settings = startSettings(options)
  const lost = lostVariables(options.profile, settings)
  // A start that was waited for to no end would be so again.
  if (lost.length === 0 || outcome.fault.class === 'timeout') return outcome
  let starts = 0
  const startsWith = async (names: readonly string[]): Promise<boolean> => {
    const env = Object.fromEntries(names.map((name) => [name, settings.inherited[name]]))
    const again = await startFor(world, `environment-${++starts}`, { env, oddOnPurpose: true })
    if (again.kind === 'up') await again.plugin.stop()
    return again.kind === 'up'
  }
  if (!(await startsWith(lost))) return outcome
  const needed = await neededVariables(lost, startsWith)
  return {
    kind: 'refused',
    fault: { ...outcome.fault, environment: describeLoss(options.profile.name, lost, needed) },
  }
}

/** Which variables a plugin misses in a Grafana that keeps its environment to itself. */
function describeLoss(
  grafana: string,
  lost: readonly string[],
  needed: readonly string[] | undefined,
): string {
  const more = lost.length > SHOWN ? ` and ${lost.length - SHOWN} more` : ''
  const culprits = needed === undefined ? '' : ` It needs ${needed.join(' and ')}.`
  return `it starts as in Grafana ${LAST_TO_INHERIT}, fails as in Grafana ${grafana}.${culprits} Only in the older one: ${lost.slice(0, SHOWN).join(', ')}${more}. Put settings in [plugin.<id>] or into the JSON of the data source; operators can use forward_host_env_vars.`
}
