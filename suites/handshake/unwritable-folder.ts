import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { FreshContext } from '../kernel/case-context.ts'

/** Everybody may come in, nobody may write. */
const READ_ONLY = 0o555

/**
 * A folder in which no file can be made, or undefined where this host may write everywhere.
 *
 * The administrator may write whatever a mode says, but not into the process table of Linux.
 */
export async function unwritableFolder(t: FreshContext): Promise<string | undefined> {
  const folder = await t.folder()
  await chmod(folder, READ_ONLY)
  for (const candidate of [folder, '/proc']) if (!(await canWrite(candidate))) return candidate
  return undefined
}

async function canWrite(folder: string): Promise<boolean> {
  try {
    await rm(await mkdtemp(join(folder, 'probe-')), { recursive: true })
    return true
  } catch {
    return false
  }
}
