import { readdir } from 'node:fs/promises'
import path from 'node:path'

import { describeFormat, platformsOf } from './executable-format.ts'
import { inspectExecutable } from './inspect-executable.ts'
import { octal } from './missing-executable.ts'
import { commonPlatforms, declaredExecutable, executableName, splitPlatformSuffix } from './platform.ts'
import type { PreflightFinding } from './preflight-finding.ts'
import type { ExecutableSubject } from './subject.ts'

/** Judges all executables that a plugin ships beside the one started here: modes, contents against names, absent platforms. */
export async function shippedFiles(subject: ExecutableSubject): Promise<readonly PreflightFinding[]> {
  const declared = subject.pluginJson === undefined ? undefined : declaredExecutable(subject.pluginJson)
  if (declared === undefined) return []
  const folder = path.dirname(subject.executable)
  const stem = path.basename(declared)
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const names = entries
    .filter((entry) => entry.isFile() && entry.name.startsWith(stem))
    .map((entry) => entry.name)
  const findings: PreflightFinding[] = []
  for (const name of names.toSorted()) {
    const file = path.join(folder, name)
    const own = [
      await modeFinding(file),
      file === subject.executable ? undefined : await contentFinding(file, stem),
    ]
    findings.push(...own.filter((finding) => finding !== undefined))
  }
  const absent = commonPlatforms
    .map((platform) => executableName(stem, platform))
    .filter((name) => !names.includes(name))
  if (names.length > 0 && absent.length > 0) findings.push(platformFinding(folder, names, absent))
  return findings
}

/** Exactly this is demanded of everything but Windows programs (LIFE-004). */
const REQUIRED_MODE = 0o755

async function modeFinding(file: string): Promise<PreflightFinding | undefined> {
  const { mode } = await inspectExecutable(file)
  if (mode === undefined || mode === REQUIRED_MODE || file.endsWith('.exe')) return undefined
  return {
    spec: 'LIFE-004',
    kind: 'mode',
    fatal: false,
    what: file,
    expected: 'mode 0755, as the catalog demands of every file whose name begins like the executable',
    found: `mode ${octal(mode)}`,
    fix: `chmod 755 ${file}`,
  }
}

async function contentFinding(file: string, stem: string): Promise<PreflightFinding | undefined> {
  const named = splitPlatformSuffix(path.basename(file))
  if (named === undefined || named.stem !== stem) return undefined
  const { format } = await inspectExecutable(file)
  const promised = `${named.platform.os}/${named.platform.arch}`
  const runsOn = platformsOf(format)
  if (runsOn === undefined || runsOn.includes(promised)) return undefined
  return {
    spec: 'LIFE-003',
    kind: 'wrong-architecture',
    fatal: false,
    what: file,
    expected: `a program for ${promised}, as its name says`,
    found: describeFormat(format),
    fix: `Build it for ${promised} (Go: GOOS=${named.platform.os} GOARCH=${named.platform.arch}), or take it out.`,
    grafanaLog: `fork/exec ${file}: exec format error`,
  }
}

function platformFinding(
  folder: string,
  names: readonly string[],
  absent: readonly string[],
): PreflightFinding {
  return {
    spec: 'LIFE-002',
    kind: 'missing-platform',
    fatal: false,
    what: folder,
    expected: 'an executable for each platform that the plugin is distributed for',
    found: `${names.join(', ')}, but not ${absent.join(', ')}`,
    fix: 'Nothing, unless the plugin is meant to run there; then build these too (Go SDK: mage buildAll).',
  }
}
