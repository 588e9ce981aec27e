import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'

import { describe, expect, test } from 'vitest'

import { processesOf } from './testing/processes.ts'
import { scriptFolder } from './testing/plugin-folder.ts'
import { runCli } from './testing/run-cli.ts'

describe('Ctrl-C', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s while a plugin starts ends with status 130 and leaves nothing behind',
    async (signal) => {
      await using folder = await scriptFolder('echo started >&2; sleep 61; exit 0')
      const before = await readdir(tmpdir())
      const result = await runCli([folder.path], {
        started(child) {
          void processesOf(folder.path, 1).then(() => child.kill(signal))
        },
      })
      expect(result.code).toBe(130)
      expect(await processesOf(folder.path, 0)).toEqual([])
      expect(
        (await readdir(tmpdir())).filter((entry) => !before.includes(entry) && entry.startsWith('gpc-')),
      ).toEqual([])
    },
  )
})
