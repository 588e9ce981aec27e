import path from 'node:path'

import { expect, test } from 'vitest'

import { inspectExecutable } from './inspect-executable.ts'
import { missingLibraries } from './missing-libraries.ts'
import { elfFile } from './program-headers.ts'
import { temporaryFolder } from './temporary-folder.ts'

async function missingIn(file: string): Promise<readonly string[]> {
  const { format } = await inspectExecutable(file)
  return format.kind === 'elf' ? missingLibraries(file, format) : []
}

test.runIf(process.platform === 'linux')('a program of this machine lacks nothing', async () => {
  expect(await missingIn(process.execPath)).toEqual([])
})

test.runIf(process.platform === 'linux')('a library that is nowhere is named', async () => {
  const needed = ['libgpc-no-such-library.so.1']
  await using folder = await temporaryFolder({ program: elfFile({ interpreter: '/lib/ld.so', needed }) })
  expect(await missingIn(path.join(folder.path, 'program'))).toEqual(needed)
})

test('a static program needs none', async () => {
  await using folder = await temporaryFolder({ program: elfFile() })
  expect(await missingIn(path.join(folder.path, 'program'))).toEqual([])
})
