import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'

import { expect, test } from 'vitest'

async function contents(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const texts = await Promise.all(
    files.map(async (file) => [file.slice(folder.length), await readFile(file, 'utf8')] as const),
  )
  return Object.fromEntries(texts)
}

test('generating the protocol code again changes nothing', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'gpc-proto-'))
  try {
    await cp('proto', copy, { recursive: true, filter: (file) => !file.endsWith('gen') })
    const bin = resolve('node_modules/.bin')
    await promisify(execFile)(join(bin, 'buf'), ['generate'], {
      cwd: copy,
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` },
    })
    expect(await contents(join(copy, 'gen'))).toEqual(await contents(resolve('proto/gen')))
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
})
