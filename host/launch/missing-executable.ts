import { readdir } from 'node:fs/promises'
import path from 'node:path'

import { nearest } from '../nearest.ts'
import { describeFormat } from './executable-format.ts'
import { isFile } from './find-plugin-json.ts'
import { inspectExecutable } from './inspect-executable.ts'
import type { Platform } from './platform.ts'
import { splitPlatformSuffix } from './platform.ts'
import type { PreflightFinding } from './preflight-finding.ts'

/** Explains an executable that isn't there by what is there instead: the bare name, other platforms, similar names (LIFE-002). */
export async function missingExecutable(expected: string, platform: Platform): Promise<PreflightFinding> {
  const folder = path.dirname(expected)
  const names = await fileNames(folder)
  return {
    spec: 'LIFE-002',
    kind: 'missing',
    fatal: true,
    what: expected,
    expected: `the file ${path.basename(expected)}, because Grafana appends _<os>_<arch> to "executable" of plugin.json`,
    found: names === undefined ? `no folder ${folder}` : await tableOf(folder, expected, names),
    fix: await fixFor(expected, platform, names ?? []),
    grafanaLog: `fork/exec ${expected}: no such file or directory`,
  }
}

/** The permission bits as people know them from chmod. */
export function octal(mode: number | undefined): string {
  return mode === undefined ? '' : `0${mode.toString(8).padStart(3, '0')}`
}

/** More rows than this help nobody. */
const ROWS = 8

async function fixFor(expected: string, platform: Platform, names: readonly string[]): Promise<string> {
  const folder = path.dirname(expected)
  const name = path.basename(expected)
  const stem = splitPlatformSuffix(name)?.stem ?? name
  const here = `${platform.os}/${platform.arch}`
  const declaredSuffix = splitPlatformSuffix(stem)
  if (declaredSuffix !== undefined || stem.endsWith('.exe')) {
    return `Take the suffix out of plugin.json: "executable": "${declaredSuffix?.stem ?? stem.slice(0, -4)}".`
  }
  const bare = names.find((candidate) => candidate === stem || candidate === `${stem}.exe`)
  if (bare !== undefined) return `Rename ${bare} to ${name}; the bare name is never started.`
  const inSubfolder = path.join(folder, `${platform.os}_${platform.arch}`, stem)
  if (await isFile(inSubfolder))
    return `Move ${inSubfolder} to ${expected}; subfolders by platform are not looked into.`
  const others = names.filter((candidate) => splitPlatformSuffix(candidate)?.stem === stem)
  const build = `Build the plugin for ${here} as ${expected} (Go SDK: mage ${mageTarget(platform)}).`
  if (others.length > 0) return build
  const similar = nearest(name, names)
  if (similar === undefined) return build
  return `Is it ${similar}? Rename it to ${name}, or correct "executable" in plugin.json.`
}

async function tableOf(folder: string, expected: string, names: readonly string[]): Promise<string> {
  const stem = splitPlatformSuffix(path.basename(expected))?.stem ?? path.basename(expected)
  const similar = nearest(path.basename(expected), names)
  const programs = names.filter(
    (name) =>
      name === similar ||
      name.startsWith(stem) ||
      splitPlatformSuffix(name) !== undefined ||
      name.startsWith('gpx_'),
  )
  if (programs.length === 0) {
    return `no executable in ${folder}, which holds ${names.length === 0 ? 'no files' : names.slice(0, ROWS).join(', ')}`
  }
  const rows = await Promise.all(
    programs.slice(0, ROWS).map(async (name) => {
      const { format, mode } = await inspectExecutable(path.join(folder, name))
      return `${name} (${[describeFormat(format), octal(mode)].filter((part) => part !== '').join(', ')})`
    }),
  )
  return rows.join(', ')
}

async function fileNames(folder: string): Promise<readonly string[] | undefined> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined)
  return entries
    ?.filter((entry) => !entry.isDirectory())
    .map((entry) => entry.name)
    .sort((left, right) => (left < right ? -1 : 1))
}

/** The target of the Go SDK's build file (sdk-go:build/common.go `Build`). */
function mageTarget(platform: Platform): string {
  if (platform.arch === 'arm64' && platform.os !== 'windows') return `build:${platform.os}ARM64`
  return `build:${platform.os}`
}
