import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

/** What a test wants at a path: content, content with a mode, or (for `null`) an empty folder. */
export type Entry = string | Buffer | { readonly content: string | Buffer; readonly mode: number } | null

/** Makes a fresh folder with these files for a test, and removes it when the test is done with it. */
export async function temporaryFolder(
  entries: Readonly<Record<string, Entry>> = {},
): Promise<AsyncDisposable & { readonly path: string }> {
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'subject-')))
  for (const [name, entry] of Object.entries(entries)) await write(path.join(folder, name), entry)
  return {
    path: folder,
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function write(file: string, entry: Entry): Promise<void> {
  await mkdir(entry === null ? file : path.dirname(file), { recursive: true })
  if (entry === null) return
  const plain = typeof entry === 'string' || Buffer.isBuffer(entry)
  await writeFile(file, plain ? entry : entry.content)
  if (!plain) await chmod(file, entry.mode)
}
