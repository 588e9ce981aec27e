import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'

import { ConformanceError } from '../conformance-error.ts'
import { nearest } from '../nearest.ts'
import { nestedPluginJsons } from './find-plugin-json.ts'
import type { Platform } from './platform.ts'
import { platformSuffix, splitPlatformSuffix } from './platform.ts'
import { readPluginJson } from './read-plugin-json.ts'
import type { PluginJson } from './subject.ts'

/** The error for a path that leads nowhere, offering the nearest name that does exist. */
export async function notFound(
  absolute: string,
  context: { readonly typed: string; readonly platform: Platform; readonly cause: unknown },
): Promise<ConformanceError> {
  const { cause, typed } = context
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code !== 'ENOENT' && code !== 'ENOTDIR') {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const message = `Expected a folder, a plugin.json or an executable at ${absolute}, but it can't be looked at: ${reason}.`
    return new ConformanceError('subject-not-found', message, {
      hint: 'Check the permissions of its folders.',
      cause,
    })
  }
  const { ancestor, missing } = await deepestExisting(absolute)
  const message = `Expected a folder, a plugin.json or an executable at ${absolute}, found no "${missing}" in ${ancestor}.`
  const names: string[] = await readdir(ancestor).catch(() => [])
  const suffixed = `${missing}${platformSuffix(context.platform)}`
  const similar = names.includes(suffixed) ? suffixed : nearest(missing, names)
  let hint = 'Name the folder with plugin.json (after a build usually dist/), or the executable itself.'
  if (similar !== undefined) hint = `Did you mean ${path.join(ancestor, similar)}?`
  if (/^(?:\S+:\d+|unix:.*|\d\|.*)$/.test(typed))
    hint = `To use a plugin that is already running, write --attach '${typed}'.`
  return new ConformanceError('subject-not-found', message, { hint })
}

/** The error for something that is there but can't be a plugin. */
export function unusable(absolute: string, found: string, hint?: string): ConformanceError {
  const message = `Expected a folder, a plugin.json or an executable, found ${found} at ${absolute}.`
  return new ConformanceError('usage', message, {
    hint: hint ?? 'Name the folder with plugin.json, or the executable itself.',
  })
}

/** The error for a folder without any plugin.json, saying what is in there instead. */
export async function noPluginJson(folder: string): Promise<ConformanceError> {
  const names: string[] = await readdir(folder).catch(() => [])
  names.sort()
  const message = `Expected a plugin.json in ${folder}, its dist/ or its src/, found ${listed(names)}.`
  const executable = names.find((name) => splitPlatformSuffix(name) !== undefined)
  const similar = nearest(
    'plugin.json',
    names.filter((name) => name !== 'plugin.json' && name !== 'package.json'),
  )
  let hint = 'Name the folder with plugin.json (after a build usually dist/), or the executable itself.'
  if (executable !== undefined)
    hint = `To run an executable without plugin.json, name it: ${path.join(folder, executable)}.`
  if (similar !== undefined)
    hint = `Did you mean plugin.json where ${path.join(folder, similar)} is? Grafana reads no other name.`
  return new ConformanceError('subject-not-found', message, { hint })
}

/** The error for several plugins where one was expected, listing them. */
export function ambiguous(folder: string, paths: readonly string[]): ConformanceError {
  const shown = listed(paths.map((file) => path.relative(folder, file)))
  const message = `Expected one plugin.json in ${folder}, found ${paths.length}: ${shown}.`
  const [first = folder] = paths
  return new ConformanceError('subject-ambiguous', message, {
    hint: `Name one of them, for example ${path.dirname(first)}.`,
  })
}

/** The error for a plugin.json that gives Grafana nothing to start; a nested plugin that does is offered. */
export async function withoutBackend(pluginJson: PluginJson, file: string): Promise<ConformanceError> {
  const expected = pluginJson.backend
    ? 'a non-empty "executable", found none'
    : `"backend": true, found ${'backend' in pluginJson.raw ? '"backend": false' : 'no "backend"'}`
  const message = `Expected the ${pluginJson.type} ${pluginJson.id} to declare ${expected} (${file}).`
  const nested = await nestedWithBackend(path.dirname(file))
  if (nested !== undefined) {
    return new ConformanceError('plugin-without-backend', message, {
      hint: `The nested plugin ${nested.id} has a backend; name its folder: ${nested.folder}.`,
    })
  }
  const setting = pluginJson.backend ? '"executable": "gpx_…"' : '"backend": true and "executable": "gpx_…"'
  return new ConformanceError('plugin-without-backend', message, {
    hint: `Without it Grafana starts no process. Set ${setting}, or name the executable itself.`,
  })
}

async function nestedWithBackend(folder: string): Promise<{ id: string; folder: string } | undefined> {
  for (const file of await nestedPluginJsons(folder)) {
    const nested = await readPluginJson(file).catch(() => undefined)
    if (nested?.backend === true) return { id: nested.id, folder: path.dirname(file) }
  }
  return undefined
}

async function deepestExisting(absolute: string): Promise<{ ancestor: string; missing: string }> {
  let missing = absolute
  for (;;) {
    const ancestor = path.dirname(missing)
    const exists = await stat(ancestor).then(
      (stats) => stats.isDirectory(),
      () => false,
    )
    if (exists || ancestor === missing) return { ancestor, missing: path.basename(missing) }
    missing = ancestor
  }
}

/** More than this many names help nobody. */
const NAMES_SHOWN = 8

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'an empty folder'
  const rest = names.length - NAMES_SHOWN
  return names.slice(0, NAMES_SHOWN).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}
