import { lostVariables } from '../../host/context/environment.ts'
import type { HostProfile } from '../../host/context/profile.ts'
import { neededVariables } from '../../host/launch/needed-variables.ts'
import type { StartOutcome } from '../../host/launch/plugin.ts'
import type { StartFault } from '../../host/launch/start-fault.ts'
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
  let starts = 0
  const fault = await explainedLoss(outcome.fault, { profile: options.profile, lost }, (names) => {
    const env = Object.fromEntries(names.map((name) => [name, settings.inherited[name]]))
    return startFor(world, `environment-${++starts}`, { env, oddOnPurpose: true })
  })
  return { kind: 'refused', fault }
}

/** The fault, with the variables of an older Grafana that would have made the plugin start, where there are such. */
export async function explainedLoss(
  fault: StartFault,
  { profile, lost }: { readonly profile: HostProfile; readonly lost: readonly string[] },
  startWith: (names: readonly string[]) => Promise<StartOutcome>,
): Promise<StartFault> {
  // A start that was waited for to no end would be so again, and who lives on with a wrong line lacks no variable.
  if (lost.length === 0 || fault.class === 'timeout' || fault.exit === undefined) return fault
  const startsWith = async (names: readonly string[]): Promise<boolean> => {
    const again = await startWith(names)
    if (again.kind === 'refused') return false
    // Only whether it comes up matters here, and an orderly end may take seconds.
    again.plugin.kill('SIGKILL')
    await again.plugin.stop()
    return true
  }
  if (!(await startsWith(lost))) return fault
  // The search finds early ones sooner: those that the plugin speaks of, then those that programs rely on most.
  const likely = [...lost.filter((name) => fault.stderr.some((line) => line.includes(name))), ...usual]
  const names = [...new Set([...likely.filter((name) => lost.includes(name)), ...lost])]
  const needed = await neededVariables(names, startsWith)
  return { ...fault, environment: describeLoss(profile.name, lost, needed) }
}

/** What plugins rely on most (LIFE-023). */
const usual = [
  'PATH',
  'HOME',
  'TMPDIR',
  'SSL_CERT_FILE',
  'LD_LIBRARY_PATH',
  'NODE_PATH',
  'PYTHONPATH',
  'JAVA_HOME',
  'DOTNET_ROOT',
]

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
