import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { processesOf } from './testing/processes.ts'
import { scriptFolder } from './testing/plugin-folder.ts'
import { runCli } from './testing/run-cli.ts'

describe('Ctrl-C', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s while a plugin starts ends with status 130 and leaves nothing behind',
    async (signal) => {
      await using folder = await scriptFolder('echo started >&2; sleep 61; exit 0')
      // A folder of its own, because other tests make temporary files at the same time.
      const temporary = join(folder.path, 'tmp')
      await mkdir(temporary)
      const result = await runCli([folder.path], {
        env: { TMPDIR: temporary },
        started(child) {
          void processesOf(folder.path, 1).then(() => child.kill(signal))
        },
      })
      expect(result.code).toBe(130)
      expect(await processesOf(folder.path, 0)).toEqual([])
      expect(await readdir(temporary)).toEqual([])
    },
  )
})
