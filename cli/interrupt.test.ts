import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

import { describe, expect, test } from 'vitest'

import { processesOf } from './testing/processes.ts'
import { scriptFolder } from './testing/plugin-folder.ts'
import { runCli } from './testing/run-cli.ts'

/** How often the file is looked at, in milliseconds. */
const LOOK_MS = 20

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

  test('in the middle of a run ends with status 130 and leaves nothing behind', async () => {
    // Names its folder in its command line, so that it is found in the process table, and keeps its files there.
    const main = resolve('dist/reference-plugin/main.js')
    await using folder = await scriptFolder(
      `echo >> "\${0%/*}/starts"
export TMPDIR="\${0%/*}/tmp"
exec '${process.execPath}' '${main}' "$0"`,
    )
    const temporary = join(folder.path, 'tmp')
    await mkdir(temporary)
    const result = await runCli([folder.path, '--jobs', '4'], {
      env: { TMPDIR: temporary },
      started(child) {
        void linesOf(join(folder.path, 'starts'), 4).then(() => child.kill('SIGINT'))
      },
    })
    expect(result.code).toBe(130)
    expect(await processesOf(folder.path, 0)).toEqual([])
    expect(await readdir(temporary)).toEqual([])
  })
})

/** Resolves when the file has so many lines: when so many plugins have been started. */
async function linesOf(file: string, count: number): Promise<void> {
  const lines = async (): Promise<number> =>
    (await readFile(file, 'utf8').catch(() => '')).split('\n').length - 1
  while ((await lines()) < count) await pause(LOOK_MS)
}
