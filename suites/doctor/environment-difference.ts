import { diagnose } from '../../host/diagnosis/diagnose.ts'
import type { Diagnosis } from '../../host/diagnosis/diagnosis.ts'
import { hostProfiles } from '../../host/context/profile.ts'
import type { HostProfile } from '../../host/context/profile.ts'
import type { StartFault } from '../../host/launch/start-fault.ts'
import type { Clinic } from './clinic.ts'
import type { ExamineOptions } from './examine-options.ts'
import { smallestSet } from './smallest-set.ts'

/** Whether an environment can be behind a fault: a plugin that hangs, or gives up by itself. */
function isPossible({ class: kind, exit }: StartFault): boolean {
  if (kind === 'timeout' || kind === 'exited') return true
  return exit !== undefined && (kind === 'garbage' || kind === 'unreachable')
}

/** How many starts the search for the variables may take. */
const STARTS = 24

/**
 * The diagnosis of a plugin that starts under an older Grafana, which hands down its own environment, and not under this one (LIFE-022).
 *
 * Finds the variables that make the difference by starting the plugin with fewer and fewer of them.
 */
export async function environmentDiagnosis(
  fault: StartFault,
  { subject, profile, inherited, budgets, signal }: ExamineOptions,
  clinic: Clinic,
): Promise<Diagnosis | undefined> {
  if (subject.start !== 'child' || profile.environment === 'inherit' || !isPossible(fault)) return undefined
  const older = olderProfile(profile)
  if (older === undefined) return undefined
  const base = clinic.environment(profile)
  const names = Object.keys(inherited).filter(
    (name) => inherited[name] !== undefined && !Object.hasOwn(base, name),
  )
  if (names.length === 0) return undefined
  let starts = 0
  // A plugin that hung is given less time than Grafana would give it: it has been seen to hang.
  const patience = fault.class === 'timeout' ? Math.min(budgets.handshake, HANG_MS) : budgets.handshake
  const startsWith = async (some: readonly string[]): Promise<boolean> => {
    if (signal?.aborted === true) return false
    const more = Object.fromEntries(some.map((name) => [name, inherited[name] ?? '']))
    const outcome = await clinic.start(`doctor-environment-${++starts}`, {
      env: { ...base, ...more },
      patience,
    })
    if (outcome.kind === 'refused') return false
    // Only whether it comes up matters here, and an orderly end may take seconds.
    outcome.plugin.kill('SIGKILL')
    await outcome.plugin.stop()
    return true
  }
  if (!(await startsWith(names))) return undefined
  const mentioned = names.filter((name) => fault.stderr.some((line) => line.includes(name)))
  const needed = await smallestSet(
    [...new Set([...mentioned, ...usual.filter((name) => names.includes(name)), ...names])],
    startsWith,
    STARTS,
  )
  return told(fault, { needed, older, profile })
}

/** A start that hangs is cut short in experiments after this time. */
const HANG_MS = 10_000

/** What plugins rely on most, so that it is tried first (LIFE-023). */
const usual: readonly string[] = [
  'PATH',
  'HOME',
  'TMPDIR',
  'USER',
  'LANG',
  'SSL_CERT_FILE',
  'AWS_PROFILE',
  'LD_LIBRARY_PATH',
  'NODE_OPTIONS',
  'NODE_PATH',
  'PYTHONPATH',
  'PYTHONHOME',
  'JAVA_HOME',
  'DOTNET_ROOT',
]

function olderProfile(profile: HostProfile): HostProfile | undefined {
  const before = hostProfiles.slice(0, hostProfiles.indexOf(profile))
  return before.findLast((one) => one.environment === 'inherit')
}

function told(
  fault: StartFault,
  {
    needed,
    older,
    profile,
  }: { readonly needed: readonly string[]; readonly older: HostProfile; readonly profile: HostProfile },
): Diagnosis {
  const because = diagnose(fault)
  const names = needed.join(', ')
  return {
    ...because,
    kind: 'environment',
    what: `${fault.what} With the environment that Grafana ${older.grafanaVersion} hands down it starts.`,
    cause: `It needs ${names} of the server's environment, which plugins inherit no longer since Grafana ${profile.grafanaVersion}. ${because.cause}`,
    fix: `Start without ${names}: put settings into the data source or into the ini section [plugin.<id>], which arrives as GF_PLUGIN_<KEY>, and name programs by absolute paths. Operators can list the plugin in [plugins] forward_host_env_vars.`,
    exhibits: [
      { title: 'only in the older environment, and needed', rows: needed.map((name) => [name]) },
      ...because.exhibits,
    ],
  }
}
