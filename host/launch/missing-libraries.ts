import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'

import type { ElfFormat } from './executable-format.ts'
import { isFile } from './find-plugin-json.ts'

/**
 * The shared libraries of a program that are nowhere to be found on this Linux; the loader ends a start with status 127 for the first of them.
 *
 * Looks where the loaders of glibc and musl look (ld.so(8)): the folders that the program names, the cache of ldconfig, and the usual places.
 * What the libraries need in turn is not looked at.
 */
export async function missingLibraries(file: string, format: ElfFormat): Promise<readonly string[]> {
  if (process.platform !== 'linux' || format.interpreter === undefined || format.needed.length === 0)
    return []
  const own = format.searched.map((folder) =>
    folder.replaceAll(/\$(?:ORIGIN|\{ORIGIN\})/g, path.dirname(file)),
  )
  // Other tokens of the loader stand for folders that can't be known here.
  if (own.some((folder) => folder.includes('$'))) return []
  const cache = await readFile('/etc/ld.so.cache', 'latin1').catch(() => '')
  const folders = [...own, ...(await usualFolders())]
  const missing: string[] = []
  for (const name of format.needed) {
    const isCached = cache.includes(`\0${name}\0`) || cache.includes(`/${name}\0`)
    if (isCached || (name.includes('/') && (await isFile(name)))) continue
    const found = await Promise.all(folders.map((folder) => isFile(path.join(folder, name))))
    if (!found.includes(true)) missing.push(name)
  }
  return missing
}

/** What loaders search without being told, and the folders for each architecture of Debian below them. */
async function usualFolders(): Promise<readonly string[]> {
  const bases = ['/lib', '/usr/lib', '/usr/local/lib', '/lib64', '/usr/lib64']
  const nested = await Promise.all(
    bases.map(async (base) => {
      const names = await readdir(base).catch(() => [])
      return names.filter((name) => /-linux-(?:gnu|musl)/.test(name)).map((name) => path.join(base, name))
    }),
  )
  return [...bases, ...nested.flat()]
}
