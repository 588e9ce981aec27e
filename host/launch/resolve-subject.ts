import { stat } from 'node:fs/promises'
import path from 'node:path'

import { ConformanceError } from '../conformance-error.ts'
import { parseAttachAddress } from './attach-address.ts'
import { findOwnPluginJson, findPluginJson, findPluginJsonAbove, isFile } from './find-plugin-json.ts'
import type { Platform } from './platform.ts'
import { currentPlatform, declaredExecutable, executablePath } from './platform.ts'
import { readPluginJson } from './read-plugin-json.ts'
import type { PluginJson, Subject } from './subject.ts'
import { ambiguous, noPluginJson, notFound, unusable, withoutBackend } from './subject-errors.ts'

/** How a subject is looked for. */
export interface ResolveOptions {
  /** The folder that relative paths start from, and the one meant when no path is given. */
  readonly cwd: string
  /** Whose suffix the executable's name ends in; default: this machine, because that is where it will be started. */
  readonly platform?: Platform
  /** Where a running plugin listens: `127.0.0.1:50051`, `unix:/path`, or its handshake line. Default: start one. */
  readonly attach?: string
}

/**
 * Turns what a user typed into the plugin that is meant, without starting anything.
 *
 * A folder or a `plugin.json` means the executable that Grafana would start for it (LIFE-001), which need not exist; any
 * other file is taken to be the executable itself. Throws a `ConformanceError` with the code `subject-not-found`,
 * `subject-ambiguous`, `plugin-json-invalid`, `plugin-without-backend` or `usage`.
 */
export async function resolveSubject(typed: string | undefined, options: ResolveOptions): Promise<Subject> {
  const platform = options.platform ?? currentPlatform()
  if (typed === '')
    throw new ConformanceError('usage', 'Expected a path, found an empty one.', {
      hint: 'Write . for this folder.',
    })
  if (options.attach !== undefined) {
    const target = parseAttachAddress(options.attach)
    const pluginJsonPath = await pluginJsonForAttach(typed, options.cwd, platform)
    const pluginJson = pluginJsonPath === undefined ? undefined : await readPluginJson(pluginJsonPath)
    return { kind: 'attached', pluginJson, pluginJsonPath, ...target }
  }
  const place = await look(typed ?? '.', options.cwd, platform)
  if (place.kind === 'executable') return executableItself(place.path)
  const pluginJsonPath = place.kind === 'folder' ? await pluginJsonOf(place.path) : place.path
  const pluginJson = await readPluginJson(pluginJsonPath)
  const declared = declaredExecutable(pluginJson)
  if (!pluginJson.backend || declared === undefined) throw await withoutBackend(pluginJson, pluginJsonPath)
  return {
    kind: 'executable',
    pluginJson,
    pluginJsonPath,
    ...(await locate(pluginJsonPath, declared, platform)),
  }
}

interface Place {
  readonly kind: 'folder' | 'plugin.json' | 'executable'
  readonly path: string
}

async function look(typed: string, cwd: string, platform: Platform): Promise<Place> {
  const absolute = path.resolve(cwd, typed)
  const stats = await stat(absolute).catch((thrown: unknown) => thrown)
  if (!isStats(stats)) throw await notFound(absolute, { typed, platform, cause: stats })
  if (stats.isDirectory()) return { kind: 'folder', path: absolute }
  if (!stats.isFile()) {
    const hint = stats.isSocket()
      ? `To use a plugin that listens there, write --attach unix:${absolute}.`
      : undefined
    throw unusable(absolute, stats.isSocket() ? 'a socket' : 'a device or a pipe', hint)
  }
  if (path.basename(absolute) === 'plugin.json') return { kind: 'plugin.json', path: absolute }
  if (/\.(?:json|ya?ml|toml|md|zip)$/i.test(absolute)) {
    throw unusable(
      absolute,
      `a ${path.extname(absolute)} file`,
      `Name its folder ${path.dirname(absolute)} instead.`,
    )
  }
  return { kind: 'executable', path: absolute }
}

function isStats(value: unknown): value is Awaited<ReturnType<typeof stat>> {
  return typeof value === 'object' && value !== null && 'isDirectory' in value
}

async function executableItself(executable: string): Promise<Subject> {
  const pluginJsonPath = await findPluginJsonAbove(path.dirname(executable))
  const pluginJson: PluginJson | undefined =
    pluginJsonPath === undefined ? undefined : await readPluginJson(pluginJsonPath)
  const directory = path.dirname(pluginJsonPath ?? executable)
  return { kind: 'executable', pluginJson, pluginJsonPath, executable, directory }
}

async function pluginJsonOf(folder: string): Promise<string> {
  const search = await findPluginJson(folder)
  switch (search.kind) {
    case 'found':
      return search.path
    case 'several':
      throw ambiguous(folder, search.paths)
    case 'none':
      throw await noPluginJson(folder)
    default:
      return search satisfies never
  }
}

/** Somebody who attaches without a path may stand anywhere, so nothing but an obvious plugin.json is taken from there. */
async function pluginJsonForAttach(
  typed: string | undefined,
  cwd: string,
  platform: Platform,
): Promise<string | undefined> {
  if (typed === undefined) return findOwnPluginJson(cwd)
  const place = await look(typed, cwd, platform)
  switch (place.kind) {
    case 'folder':
      return pluginJsonOf(place.path)
    case 'plugin.json':
      return place.path
    case 'executable':
      return findPluginJsonAbove(path.dirname(place.path))
    default:
      return place.kind satisfies never
  }
}

/** The installed folder and the executable in it; a plugin.json in `src/` is copied to `dist/` by the build, so `dist/` counts too. */
async function locate(
  pluginJsonPath: string,
  declared: string,
  platform: Platform,
): Promise<{ directory: string; executable: string }> {
  const beside = path.dirname(pluginJsonPath)
  const inBeside = { directory: beside, executable: executablePath(beside, declared, platform) }
  const built = builtFolder(beside)
  if (built === undefined || (await isFile(inBeside.executable))) return inBeside
  return { directory: built, executable: executablePath(built, declared, platform) }
}

/** `dist/…` for `src/…`, at most three folders deep (an app with nested data sources); `undefined` outside of `src/`. */
function builtFolder(folder: string): string | undefined {
  const parts = folder.split(path.sep)
  const src = parts.lastIndexOf('src')
  if (src < 1 || parts.length - src > 3) return undefined
  return parts.with(src, 'dist').join(path.sep)
}
