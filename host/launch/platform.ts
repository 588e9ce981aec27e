import path from 'node:path'

import type { PluginJson } from './subject.ts'

/** An operating system and a processor, by the names that Go gives them. */
export interface Platform {
  readonly os: string
  readonly arch: string
}

/** The platforms that Grafana's own build tool produces (sdk-go:build/common.go; validator:…/backendbinary.go `binarySuffixes`). */
export const commonPlatforms: readonly Platform[] = [
  { os: 'linux', arch: 'amd64' },
  { os: 'linux', arch: 'arm64' },
  { os: 'darwin', arch: 'amd64' },
  { os: 'darwin', arch: 'arm64' },
  { os: 'windows', arch: 'amd64' },
]

/** The platform that this process runs on. */
export function currentPlatform(): Platform {
  return goPlatform(process.platform, process.arch)
}

/** Translates Node's names of a platform to Go's; names that Go does not know stay as they are. */
export function goPlatform(nodePlatform: string, nodeArch: string): Platform {
  return { os: goSystems[nodePlatform] ?? nodePlatform, arch: goArchitectures[nodeArch] ?? nodeArch }
}

/** The end of an executable's name on a platform: `_linux_amd64`, `_windows_amd64.exe` (LIFE-001). */
export function platformSuffix(platform: Platform): string {
  const extension = platform.os === 'windows' ? '.exe' : ''
  return `_${platform.os}_${platform.arch}${extension}`
}

/** The file name that Grafana starts for what `plugin.json` calls `executable` (LIFE-001). */
export function executableName(executable: string, platform: Platform): string {
  return `${executable}${platformSuffix(platform)}`
}

/**
 * The path that Grafana starts: joined and cleaned like Go's `path.Join`, so `../gpx` leaves the plugin's folder and an
 * absolute `executable` does not (LIFE-001, grafana:pkg/plugins/plugins.go `executablePath`).
 */
export function executablePath(directory: string, executable: string, platform: Platform): string {
  return path.join(directory, executableName(executable, platform))
}

/**
 * What a plugin calls its executable: renderers and secrets managers have fixed names, whatever `plugin.json` says
 * (grafana:pkg/plugins/plugins.go `ExecutablePath`).
 */
export function declaredExecutable(pluginJson: PluginJson): string | undefined {
  if (pluginJson.type === 'renderer') return 'plugin_start'
  if (pluginJson.type === 'secretsmanager') return 'secrets_plugin_start'
  return pluginJson.executable
}

/** The platform at the end of a file name, and what stands before it; `undefined` for a name without one. */
export function splitPlatformSuffix(fileName: string): { stem: string; platform: Platform } | undefined {
  const match = /^(?<stem>.+)_(?<os>[a-z0-9]+)_(?<arch>[a-z0-9]+?)(?:\.exe)?$/.exec(fileName)
  const { stem, os, arch } = match?.groups ?? {}
  if (stem === undefined || os === undefined || arch === undefined) return undefined
  return knownSystems.has(os) && knownArchitectures.has(arch) ? { stem, platform: { os, arch } } : undefined
}

const goSystems: Readonly<Record<string, string>> = { win32: 'windows', sunos: 'solaris' }

const goArchitectures: Readonly<Record<string, string>> = {
  x64: 'amd64',
  ia32: '386',
  mipsel: 'mipsle',
  ppc64: 'ppc64le',
}

/** GOOS values that a plugin may meet (golang/go:src/internal/syslist/syslist.go `KnownOS`). */
const knownSystems: ReadonlySet<string> = new Set(
  'linux darwin windows freebsd openbsd netbsd dragonfly solaris illumos aix android ios'.split(' '),
)

/** GOARCH values that a plugin may meet (golang/go:src/internal/syslist/syslist.go `KnownArch`). */
const knownArchitectures: ReadonlySet<string> = new Set(
  'amd64 arm64 arm 386 riscv64 ppc64 ppc64le s390x loong64 mips mipsle mips64 mips64le'.split(' '),
)
