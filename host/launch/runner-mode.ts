import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Spawn } from './plugin-process.ts'

/** Starts plugins in runner mode: each gets a fresh folder as `PLUGIN_UNIX_SOCKET_DIR`, which goes with it (LIFE-012). */
export function inRunnerMode(spawn: Spawn): Spawn {
  return async (options) => {
    const folder = await mkdtemp(join(tmpdir(), 'gpc-runner-'))
    const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
    try {
      const process = await spawn({ ...options, env: { ...options.env, PLUGIN_UNIX_SOCKET_DIR: folder } })
      return {
        ...process,
        async reap() {
          const left = await process.reap()
          await remove()
          return left
        },
      }
    } catch (error) {
      await remove()
      throw error
    }
  }
}
