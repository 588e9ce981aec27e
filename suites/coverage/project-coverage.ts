import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { catalogue } from '../catalogue.ts'
import { oddballs } from '../variations.ts'
import { beyondReach } from './beyond-reach.ts'
import { cover } from './coverage.ts'
import type { Coverage } from './coverage.ts'
import { readSpecRules } from './spec-rule.ts'
import { idsInTitles } from './test-titles.ts'

const DOCUMENTS = ['lifecycle.md', 'rpc.md', 'frames.md']

/** Where tests lie. */
const FOLDERS = ['host', 'suites', 'cli', 'reference-plugin', 'subjects']

/** The coverage of this project; `root` is the folder of its sources. */
export async function projectCoverage(root: string): Promise<readonly Coverage[]> {
  const spec = await Promise.all(
    DOCUMENTS.map(async (name) =>
      readSpecRules(name, await readFile(join(root, 'docs/protocol', name), 'utf8')),
    ),
  )
  return cover(spec.flat(), {
    rules: catalogue.rules,
    oddballs,
    tests: await idsOfTests(root),
    beyondReach,
  })
}

async function idsOfTests(root: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = await Promise.all(FOLDERS.map((folder) => readdir(join(root, folder), { recursive: true })))
  const files = found
    .flatMap((names, index) => names.map((name) => `${FOLDERS[index] ?? ''}/${name}`))
    .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
    .sort()
  return new Map(
    await Promise.all(
      files.map(async (file) => [file, idsInTitles(await readFile(join(root, file), 'utf8'))] as const),
    ),
  )
}
