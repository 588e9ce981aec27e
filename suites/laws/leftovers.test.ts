import { afterEach, describe, expect, test, vi } from 'vitest'

import type { HostEvent } from '../../host/events.ts'
import { catalogue } from '../catalogue.ts'
import type { Catalogue } from '../kernel/catalogue.ts'
import type { RunEvent } from '../kernel/run-events.ts'
import { explained, judge } from './judge.ts'
import { leftBehind, Processes, openSockets, surroundings } from './surroundings.ts'

/** With LAWS=whole every case is run and every method counts as an event of its own. */
const whole = process.env['LAWS'] === 'whole'

/** Cases of each kind of process, cheap enough to be run again and again. */
const few = [
  'manifest/files',
  'handshake/start',
  'handshake/impossible-socket-folder',
  'health/twice',
  'query/several-refids',
  'stream/scripted-stream',
  'lifecycle/stop',
  'lifecycle/stop-while-streaming',
]

/** Every observer, and the cases that are tried here. */
function tried(): Catalogue {
  if (whole) return catalogue
  const cases = catalogue.cases.filter((one) => few.includes(one.id))
  const judges = [...cases, ...catalogue.observers].flatMap((one) => one.judges.map((rule) => rule.id))
  return {
    cases,
    observers: catalogue.observers,
    rules: catalogue.rules.filter((rule) => judges.includes(rule.id)),
  }
}

/** What kind of event it is, and of which kind of process. */
function kindOf(event: HostEvent): string {
  const place = event.process.startsWith('shared-') ? 'shared' : 'fresh'
  const method = whole && 'method' in event ? ` ${event.method}` : ''
  return `${event.kind} of a ${place} process${method}`
}

/** A moment of a run: the n-th event of a kind. */
interface Moment {
  readonly kind: string
  readonly nth: number
}

/** What a run that nobody disturbs does. */
interface Recording {
  readonly counts: ReadonlyMap<string, number>
  readonly ended: readonly string[]
}

afterEach(() => {
  vi.unstubAllEnvs()
})

const recording = await record()

async function record(): Promise<Recording> {
  const counts = new Map<string, number>()
  const ended: string[] = []
  await using place = await surroundings()
  await judge(place.subject, {
    catalogue: tried(),
    onEvent(event) {
      if (event.kind === 'case-ended') ended.push(event.tag)
      if (event.kind !== 'host') return
      const kind = kindOf(event.event)
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
    },
  })
  return { counts, ended: ended.sort() }
}

/** Kinds of events and how many there are of each, in the order of their names. */
const counted = [...recording.counts].sort(([one], [other]) => one.localeCompare(other))

/** The middle event of each kind; how many there are of a kind hardly differs from run to run. */
const middles: readonly Moment[] = counted.map(([kind, count]) => ({ kind, nth: Math.ceil(count / 2) }))

/** The first and a late event of each kind; the very last is not for sure where there are many. */
const ends: readonly Moment[] = counted.flatMap(([kind, count]) => {
  const late = count < 5 ? count : Math.floor(count * 0.8)
  return [...new Set([1, late])].filter((nth) => nth !== Math.ceil(count / 2)).map((nth) => ({ kind, nth }))
})

/** Does something at a moment of a run and looks what is left when the run has ended. */
async function disturbed(
  moment: Moment,
  disturb: (event: HostEvent, processes: Processes) => void,
  signal?: AbortSignal,
): Promise<void> {
  await using place = await surroundings()
  // Other test files have cases in flight that make and remove folders, too.
  for (const name of ['TMPDIR', 'TMP', 'TEMP']) vi.stubEnv(name, place.temporary)
  const before = openSockets()
  const processes = new Processes()
  const ended: string[] = []
  let seen = 0
  const onEvent = (run: RunEvent): void => {
    if (run.kind === 'case-ended') ended.push(run.tag)
    if (run.kind !== 'host') return
    const { event } = run
    processes.see(event)
    if (kindOf(event) === moment.kind && ++seen === moment.nth) disturb(event, processes)
  }
  const report = await judge(place.subject, {
    catalogue: tried(),
    onEvent,
    ...(signal === undefined ? {} : { signal }),
  })
  expect(seen, 'the moment was not reached').toBeGreaterThanOrEqual(moment.nth)
  expect(ended.sort()).toEqual(recording.ended)
  expect(
    report.rules.filter((rule) => rule.cases.length === 0 || rule.verdict.kind === 'harness-fault'),
    explained(report),
  ).toEqual([])
  expect(await leftBehind(place, processes, before)).toEqual([])
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has gone by itself.
  }
}

/** An interruption is the same at most events, so that a few kinds will do. */
const interruptions = whole
  ? [...middles, ...ends]
  : middles.filter(({ kind }) => /^(spawned|handshake|call|status|stopping) /.test(kind))

describe('law 6: nothing is left, whatever is killed', () => {
  test.each([...middles, ...ends])('the plugin is killed at $kind, number $nth', async (moment) => {
    await disturbed(moment, (event, processes) => processes.alive(event.process).forEach(kill))
  })

  test.each(interruptions)('the run is interrupted at $kind, number $nth', async (moment) => {
    const interrupt = new AbortController()
    await disturbed(moment, () => interrupt.abort(), interrupt.signal)
  })
})
