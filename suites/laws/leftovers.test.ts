import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import { listGroup } from '../../host/launch/process-group.ts'
import type { RunEvent } from '../kernel/run-events.ts'
import { seededRandom } from '../kernel/random.ts'
import { childSubject, explained, judge } from './judge.ts'

/** A temporary folder of our own: other test files have cases in flight that make and remove folders, too. */
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leftovers-'))
  for (const name of ['TMPDIR', 'TMP', 'TEMP']) vi.stubEnv(name, folder)
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

/** Files of ours and sockets of plugins in the temporary folder. */
async function temporaryFiles(): Promise<readonly string[]> {
  const entries = await readdir(tmpdir())
  return entries.filter((entry) => entry.startsWith('gpc-') || /^plugin\d+/.test(entry)).sort()
}

/** Runs the reference as a child process and does something at the n-th host event. */
async function disturbed(
  at: number,
  disturb: (pids: readonly number[], interrupt: AbortController) => void,
): Promise<void> {
  const before = await temporaryFiles()
  const subject = await childSubject('dist/reference-plugin')
  const interrupt = new AbortController()
  const pids: number[] = []
  let seen = 0
  const onEvent = (event: RunEvent): void => {
    if (event.kind !== 'host') return
    if (event.event.kind === 'spawned' && event.event.pid !== undefined) pids.push(event.event.pid)
    if (++seen === at) disturb(pids, interrupt)
  }
  const report = await judge(subject, { onEvent, signal: interrupt.signal })
  expect(
    report.rules.filter((rule) => rule.cases.length === 0 || rule.verdict.kind === 'harness-fault'),
    explained(report),
  ).toEqual([])
  const alive = await Promise.all(pids.map((pid) => listGroup(pid)))
  expect(alive.flat()).toEqual([])
  expect(await temporaryFiles()).toEqual(before)
}

function kill(pids: readonly number[]): void {
  const pid = pids.at(-1)
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has gone by itself.
  }
}

const random = seededRandom(6, 'leftovers')
const positions = Array.from({ length: 5 }, () => 2 + Math.floor(random() * 300))

describe('law 6: nothing is left, whatever is killed', () => {
  test.each(positions)('the newest plugin is killed at event %i', async (at) => {
    await disturbed(at, (pids) => kill(pids))
  })

  test.each(positions)('the run is interrupted at event %i', async (at) => {
    await disturbed(at, (_, interrupt) => interrupt.abort())
  })
})
