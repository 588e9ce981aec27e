import { readdir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'

/** What looking for a plugin.json came to. */
export type PluginJsonSearch =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'several'; readonly paths: readonly string[] }
  | { readonly kind: 'none' }

/**
 * Finds the plugin.json that a folder means: its own, else that of `dist/`, else that of `src/`.
 *
 * Without any of these, plugin.json files in subfolders are looked at, level by level and again `dist/` first: a single one
 * on the highest level counts, several are for the user to choose from. Files nested below the one found (an app's data
 * sources) do not matter.
 */
export async function findPluginJson(folder: string): Promise<PluginJsonSearch> {
  const bases = [path.join(folder, 'dist'), path.join(folder, 'src'), folder]
  const own = await findOwnPluginJson(folder)
  if (own !== undefined) return { kind: 'found', path: own }
  for (const base of bases) {
    const nested = await nestedPluginJsons(base)
    const [first] = nested
    if (first !== undefined && nested.length === 1) return { kind: 'found', path: first }
    if (first !== undefined) return { kind: 'several', paths: nested }
  }
  return { kind: 'none' }
}

/** The plugin.json of the folder itself, of its `dist/` or of its `src/`, in this order. */
export async function findOwnPluginJson(folder: string): Promise<string | undefined> {
  for (const base of [folder, path.join(folder, 'dist'), path.join(folder, 'src')]) {
    const file = path.join(base, 'plugin.json')
    if (await isFile(file)) return file
  }
  return undefined
}

/** The plugin.json beside an executable or up to three folders above it. */
export async function findPluginJsonAbove(folder: string): Promise<string | undefined> {
  let current = folder
  for (let level = 0; level <= LEVELS_ABOVE; level++) {
    const file = path.join(current, 'plugin.json')
    if (await isFile(file)) return file
    current = path.dirname(current)
  }
  return undefined
}

/** The plugin.json files on the highest level below a folder that has any, sorted; the folder's own is not among them. */
export async function nestedPluginJsons(folder: string): Promise<readonly string[]> {
  let level = await subfolders(folder)
  for (let depth = 1; depth <= LEVELS_BELOW && level.length > 0; depth++) {
    const found: string[] = []
    for (const subfolder of level) {
      const file = path.join(subfolder, 'plugin.json')
      if (await isFile(file)) found.push(file)
    }
    if (found.length > 0) return withoutAliases(found)
    const deeper: string[] = []
    for (const subfolder of level) deeper.push(...(await subfolders(subfolder)))
    level = deeper.slice(0, FOLDER_LIMIT)
  }
  return []
}

/** Whether a regular file, or a link to one, is there. */
export async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (stats) => stats.isFile(),
    () => false,
  )
}

/** An executable in `target/<triple>/release/` is this far below its project. */
const LEVELS_ABOVE = 3

/** An app keeps its plugins in `dist/<name>/` or `dist/datasources/<name>/`. */
const LEVELS_BELOW = 2

/** Keeps a search that starts in somebody's home folder short. */
const FOLDER_LIMIT = 1000

async function subfolders(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .filter((entry) => entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .map((entry) => path.join(folder, entry.name))
    .sort()
    .slice(0, FOLDER_LIMIT)
}

async function withoutAliases(files: readonly string[]): Promise<readonly string[]> {
  const byRealPath = new Map<string, string>()
  for (const file of files) {
    const real = await realpath(file)
    if (!byRealPath.has(real)) byRealPath.set(real, file)
  }
  return [...byRealPath.values()]
}
