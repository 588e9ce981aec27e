import { readdir } from 'node:fs/promises'
import path from 'node:path'

import type { ExecutableFormat, ScriptFormat } from './executable-format.ts'
import { describeFormat, platformsOf } from './executable-format.ts'
import { isFile } from './find-plugin-json.ts'
import type { ExecutableInspection } from './inspect-executable.ts'
import { octal } from './missing-executable.ts'
import { missingLibraries } from './missing-libraries.ts'
import type { Platform } from './platform.ts'
import { executableName, splitPlatformSuffix } from './platform.ts'
import type { PreflightFinding } from './preflight-finding.ts'

/**
 * Says whether the system can start a file that is there: permission, format, processor, interpreter (LIFE-003).
 *
 * Judges as `execve` does. Starters that fall back to a shell for unknown formats, as C libraries do in `execvp`, would hide
 * what Grafana reports.
 */
export async function startable(
  inspection: ExecutableInspection,
  platform: Platform,
): Promise<readonly PreflightFinding[]> {
  const { format } = inspection
  const permission = inspection.executable ? [] : [notExecutable(inspection)]
  if (format.kind === 'unreadable') return permission
  if (format.kind === 'unknown' || format.kind === 'empty') return [...permission, notAProgram(inspection)]
  const architecture = await wrongArchitecture(inspection, platform)
  if (architecture?.fatal === true) return [...permission, architecture]
  const loading =
    format.kind === 'script' ? scriptProblem(inspection.path, format, platform) : loaderProblem(inspection)
  const libraries = loading?.fatal === true ? undefined : await libraryProblem(inspection)
  return [...permission, architecture, loading, libraries].filter((finding) => finding !== undefined)
}

function notExecutable(inspection: ExecutableInspection): PreflightFinding {
  const { path: file, mode, format } = inspection
  const finding = {
    spec: 'LIFE-003',
    kind: 'not-executable',
    fatal: true,
    what: file,
    expected: 'a file that may be executed (mode 0755)',
    grafanaLog: `fork/exec ${file}: permission denied`,
  } as const
  if (format.kind === 'unreadable' && format.because !== 'not readable') {
    return { ...finding, found: format.because, fix: 'Put the executable itself there.' }
  }
  if (((mode ?? 0) & 0o111) === 0)
    return { ...finding, found: `mode ${octal(mode)}`, fix: `chmod 755 ${file}` }
  const fix = `Is it on a file system mounted noexec, or does it belong to somebody else? Copy it elsewhere, then chmod 755.`
  return { ...finding, found: `mode ${octal(mode)}, and yet the system refuses`, fix }
}

function notAProgram(inspection: ExecutableInspection): PreflightFinding {
  const { path: file, format } = inspection
  return {
    spec: 'LIFE-003',
    kind: 'unknown-format',
    fatal: true,
    what: file,
    expected: 'a native program, or a script that begins with #! and an absolute interpreter',
    found: describeFormat(format),
    fix: formatFix(format),
    grafanaLog: `fork/exec ${file}: exec format error`,
  }
}

function formatFix(format: ExecutableFormat): string {
  if (format.kind !== 'unknown') return 'Build it again; the file is empty.'
  if (format.firstBytes.startsWith('"version https:')) return 'It is a Git LFS pointer: run git lfs pull.'
  if (format.firstBytes.startsWith('ef bb bf 23 21')) return 'Save the script without a byte-order mark.'
  if (format.firstBytes.startsWith('"')) return 'If it is a script, begin it with a line such as #!/bin/sh.'
  return 'Build it again; it may be damaged, truncated or a library.'
}

async function wrongArchitecture(
  inspection: ExecutableInspection,
  platform: Platform,
): Promise<PreflightFinding | undefined> {
  const { path: file, format } = inspection
  const here = `${platform.os}/${platform.arch}`
  const runsOn = platformsOf(format)
  if (runsOn === undefined || runsOn.includes(here)) return undefined
  const emulated = runsOn.some((other) => alsoRuns[here]?.includes(other)) || (await isEmulated(format))
  const stem = splitPlatformSuffix(path.basename(file))?.stem
  const right = stem === undefined ? undefined : path.join(path.dirname(file), executableName(stem, platform))
  const better = right !== undefined && right !== file && (await isFile(right)) ? right : undefined
  return {
    spec: 'LIFE-003',
    kind: 'wrong-architecture',
    fatal: !emulated,
    what: file,
    expected: `a program for ${here}`,
    found: describeFormat(format),
    fix:
      better === undefined
        ? `Build it for ${here} (Go: GOOS=${platform.os} GOARCH=${platform.arch}).`
        : `Use ${better}.`,
    ...(emulated ? {} : { grafanaLog: `fork/exec ${file}: exec format error` }),
  }
}

/** What systems run besides their own: 32-bit modes and the translators that macOS and Windows bring. */
const alsoRuns: Readonly<Record<string, readonly string[]>> = {
  'linux/amd64': ['linux/386'],
  'linux/arm64': ['linux/arm'],
  'darwin/arm64': ['darwin/amd64'],
  'windows/amd64': ['windows/386'],
  'windows/arm64': ['windows/amd64', 'windows/386', 'windows/arm'],
}

/** Whether Linux hands such programs to an emulator (linux:Documentation/admin-guide/binfmt-misc.rst). */
async function isEmulated(format: ExecutableFormat): Promise<boolean> {
  if (format.kind !== 'elf' || process.platform !== 'linux') return false
  const handlers: readonly string[] = await readdir('/proc/sys/fs/binfmt_misc').catch(() => [])
  const name = qemuNames[format.machine] ?? format.machine
  return handlers.includes(`qemu-${name}`) || (format.machine === 'amd64' && handlers.includes('rosetta'))
}

const qemuNames: Readonly<Record<string, string>> = {
  amd64: 'x86_64',
  arm64: 'aarch64',
  '386': 'i386',
  loong64: 'loongarch64',
  mipsle: 'mipsel',
  mips64le: 'mips64el',
}

function loaderProblem(inspection: ExecutableInspection): PreflightFinding | undefined {
  const { path: file, format } = inspection
  if (format.kind !== 'elf' || format.interpreter === undefined) return undefined
  const glibc = /\/ld(?:-linux[^/]*|64)\.so\.\d+$/.test(format.interpreter)
  const fix = 'Link statically (Go: CGO_ENABLED=0; Rust: a musl target), or ship a musl build.'
  const subject = { spec: 'LIFE-003', what: file } as const
  const loader = `${format.interpreter}${glibc ? ' (glibc)' : ''}`
  if (format.interpreterExists === false) {
    return {
      ...subject,
      kind: 'missing-interpreter',
      fatal: true,
      expected: 'a dynamic loader that exists on this system',
      found: `it needs ${loader}, which is not here`,
      fix: glibc ? fix : 'Install that C library, or link statically.',
      grafanaLog: `fork/exec ${file}: no such file or directory`,
    }
  }
  if (!glibc) return undefined
  const expected = 'a program that also starts in the default Grafana image, which has musl'
  const found = `it needs ${loader}; in that image Grafana would say "no such file or directory" of a file that exists`
  return { ...subject, kind: 'glibc', fatal: false, expected, found, fix }
}

/** No more than a warning: only the loader itself knows where it looks. */
async function libraryProblem({
  path: file,
  format,
}: ExecutableInspection): Promise<PreflightFinding | undefined> {
  if (format.kind !== 'elf') return undefined
  const missing = await missingLibraries(file, format)
  if (missing.length === 0) return undefined
  return {
    spec: 'LIFE-003',
    kind: 'missing-library',
    fatal: false,
    what: file,
    expected: `the shared libraries that it needs: ${format.needed.join(', ')}`,
    found: `no ${missing.join(', ')} on this system`,
    fix: 'Link statically, ship them beside the program with an rpath of $ORIGIN, or install their packages.',
  }
}

function scriptProblem(file: string, format: ScriptFormat, platform: Platform): PreflightFinding | undefined {
  const { interpreter, argument = '' } = format
  const missing = { spec: 'LIFE-003', kind: 'missing-interpreter', fatal: true, what: file } as const
  const shebang = `#!${[interpreter, argument].join(' ').trimEnd()}`
  if (interpreter.endsWith('\r') || (format.usesPath && argument.endsWith('\r'))) {
    return {
      ...missing,
      expected: 'a first line that ends in a line feed alone',
      found: `${shebang} followed by a carriage return, which the system takes for a part of the name`,
      fix: 'Save the script with Unix line ends (sed -i "s/\\r$//").',
      ...(interpreter.endsWith('\r') ? { grafanaLog: `fork/exec ${file}: no such file or directory` } : {}),
    }
  }
  if (!format.interpreterExists) {
    return {
      ...missing,
      expected: 'an interpreter that exists on this system, by its absolute path',
      found: `${shebang}, and there is no ${interpreter}`,
      fix: path.isAbsolute(interpreter)
        ? `Install ${interpreter}, or correct the first line.`
        : 'Write its absolute path.',
      grafanaLog: `fork/exec ${file}: no such file or directory`,
    }
  }
  if (!format.usesPath) return undefined
  if (platform.os === 'linux' && /^[^-=\s]+\s/.test(argument)) {
    return {
      ...missing,
      expected: 'one argument for env, which is all that Linux passes',
      found: `${shebang}, so env looks for a program named "${argument}"`,
      fix: `Write ${interpreter} -S ${argument}, or better the interpreter's absolute path.`,
    }
  }
  return {
    ...missing,
    kind: 'interpreter-on-path',
    fatal: false,
    expected:
      'an interpreter that is found without PATH, which plugins no longer get since Grafana 12.4 (LIFE-023)',
    found: shebang,
    fix: "Write the interpreter's absolute path, or ship a self-contained program.",
  }
}
