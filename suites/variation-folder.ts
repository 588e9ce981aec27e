import { chmod, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { currentPlatform, executableName } from '../host/launch/platform.ts'
import type { Mutant } from './kernel/mutant.ts'
import type { Oddball } from './kernel/oddball.ts'

const built = fileURLToPath(new URL(import.meta.url.includes('/dist/') ? '..' : '../dist', import.meta.url))

/** A plugin folder that starts a mutant or an oddball; removed when disposed. */
export interface VariationFolder extends AsyncDisposable {
  readonly path: string
}

/** Makes a folder with plugin.json and executable in which the variation lives as a child process. */
export async function variationFolder(variation: Mutant | Oddball): Promise<VariationFolder> {
  const path = await mkdtemp(join(tmpdir(), 'gpc-variation-'))
  await cp(join(built, 'reference-plugin/plugin.json'), join(path, 'plugin.json'))
  const { executable } = JSON.parse(await readFile(join(path, 'plugin.json'), 'utf8')) as {
    readonly executable: string
  }
  const file = join(path, executableName(executable, currentPlatform()))
  await writeFile(file, launcher(variation))
  await chmod(file, 0o755)
  if ('alter' in variation) await variation.alter(path)
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true })
    },
  }
}

/** A script that works without PATH, because Grafana hands none down (LIFE-023). */
function launcher(variation: Mutant | Oddball): string {
  const program =
    'alter' in variation
      ? `"${built}/reference-plugin/main.js"`
      : `"${built}/suites/mutant-main.js" "${variation.id}"`
  return `#!/bin/sh\nexec "${process.execPath}" ${program}\n`
}
