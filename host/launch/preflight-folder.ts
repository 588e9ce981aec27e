import { currentPlatform, executableName } from './platform.ts'
import { preflight } from './preflight.ts'
import type { PreflightFinding, PreflightFindingKind } from './preflight.ts'
import { resolveSubject } from './resolve-subject.ts'
import type { Entry } from './temporary-folder.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** The platform that tests of files pretend to be. */
export const platform = { os: 'linux', arch: 'amd64' }
/** Whether they need not pretend. */
export const onLinuxAmd64 = executableName('', currentPlatform()) === '_linux_amd64'
/** Name of the executable there. */
export const name = 'gpx_demo_linux_amd64'

/** A good plugin.json, changed. */
export const manifest = (more: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    id: 'acme-demo-datasource',
    type: 'datasource',
    name: 'Demo',
    backend: true,
    executable: 'gpx_demo',
    info: { version: '1.0.0' },
    dependencies: { grafanaDependency: '>=10.4.0' },
    ...more,
  })

/** A program of this content. */
export const program = (content: string | Buffer, mode = 0o755): Entry => ({ content, mode })

/** Findings of a folder with these files beside a plugin.json, paths within it made relative. */
export async function findingsOf(
  entries: Readonly<Record<string, Entry>>,
  typed = '.',
): Promise<readonly PreflightFinding[]> {
  await using folder = await temporaryFolder({ 'plugin.json': manifest(), ...entries })
  const findings = await preflight(await resolveSubject(typed, { cwd: folder.path, platform }), platform)
  const text = JSON.stringify(findings).replaceAll(`${folder.path}/`, '')
  return JSON.parse(text) as readonly PreflightFinding[]
}

/** The one finding of a kind. */
export async function findingOf(
  kind: PreflightFindingKind,
  entries: Readonly<Record<string, Entry>>,
  typed = '.',
): Promise<PreflightFinding | undefined> {
  return (await findingsOf(entries, typed)).find((finding) => finding.kind === kind)
}
