import { within } from '../../host/deadline.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import { wakingNow } from '../../host/waking-time.ts'
import { defineCase } from '../kernel/case.ts'
import type { CaseContext } from '../kernel/case-context.ts'
import { needs } from '../kernel/need.ts'
import { accepted, anyRoute, nextOf, requireStreams, runStream } from './conversation.ts'
import type { Footprint } from './footprint.ts'
import { readFootprint } from './footprint.ts'
import type { Route } from './route.ts'
import { scriptedRoute } from './route.ts'
import { rules } from './rules.ts'

/** Rounds before the first look, rounds until the second, and how much may differ between them (STREAM-203). */
const WARM_UP = 10
const ROUNDS = 100
const TOLERANCE = 10

/** Rounds that a slow stream has to make; fewer prove nothing. */
const LEAST_ROUNDS = 40

/** Time in which an idle process is watched, and how much of it more than before it may work. */
const IDLE_MS = 400
const IDLE_TOLERANCE_MS = 120

/** Pause between two looks while a process tidies up. */
const LOOK_MS = 200

const hundredRounds = defineCase({
  id: 'stream/hundred-rounds',
  heavy: true,
  title: 'subscribes, runs and cancels a stream 100 times and compares threads, handles and idle work',
  judges: [rules['cancelled-streams-leave-nothing']],
  needs: [needs.childProcess],
  process: 'fresh',
  async run(t) {
    const plugin = await t.up()
    await requireStreams(t, plugin)
    const route = anyRoute(t, scriptedRoute('rounds', { packets: [{ n: 0 }] }))
    const rule = t.rule(rules['cancelled-streams-leave-nothing'])
    const pid = plugin.process?.pid
    if (pid === undefined || (await readFootprint(pid)) === undefined)
      return rule.unverified('a system with /proc, where processes can be looked at')
    if ((await makeRounds(t, plugin, route, WARM_UP)) < WARM_UP)
      return rule.unverified('a stream that sends a packet at every run')
    const before = await idleFootprint(plugin, pid)
    const rounds = await makeRounds(t, plugin, route, ROUNDS - WARM_UP)
    if (rounds < LEAST_ROUNDS) return rule.unverified('a stream whose first packet comes quickly')
    const deadline = wakingNow() + t.budgets.cancel
    for (;;) {
      const after = await idleFootprint(plugin, pid)
      if (before === undefined || after === undefined)
        return rule.unverified('a process that goes on running')
      const growth = growthOf(before, after)
      if (growth === undefined) return rule.upheld()
      if (wakingNow() >= deadline)
        return rule.broken(
          `as many threads and handles as ${rounds} rounds before, and no more idle work`,
          growth,
        )
      await watchFor(plugin, LOOK_MS)
    }
  },
})

/** Subscribes, runs, takes one packet and cancels; the number of rounds that went so. */
async function makeRounds(t: CaseContext, plugin: Plugin, route: Route, rounds: number): Promise<number> {
  const deadline = wakingNow() + t.budgets.call
  for (let round = 0; round < rounds; round++) {
    await accepted(t, plugin, route)
    await using stream = runStream(t, plugin, route)
    const next = await nextOf(t, stream, t.budgets.firstPacket)
    if (next.kind !== 'packet' || wakingNow() > deadline) return round
  }
  return rounds
}

interface IdleFootprint extends Footprint {
  readonly idleMs: number
}

/** A look at a process to which nothing is said for a while. */
async function idleFootprint(plugin: Plugin, pid: number): Promise<IdleFootprint | undefined> {
  const begin = await readFootprint(pid)
  await watchFor(plugin, IDLE_MS)
  const end = await readFootprint(pid)
  if (begin === undefined || end === undefined) return undefined
  return { ...end, idleMs: end.cpuMs - begin.cpuMs }
}

/** Lets a process be for a while, or until it ends. */
async function watchFor(plugin: Plugin, ms: number): Promise<void> {
  if (plugin.process !== undefined) await within(plugin.process.exited, ms)
}

/** What has grown more than it may, or undefined. */
function growthOf(before: IdleFootprint, after: IdleFootprint): string | undefined {
  if (after.threads > before.threads + TOLERANCE)
    return `${after.threads} threads instead of ${before.threads}`
  if (after.handles > before.handles + TOLERANCE)
    return `${after.handles} handles instead of ${before.handles}`
  if (after.idleMs > before.idleMs + IDLE_TOLERANCE_MS)
    return `${after.idleMs} ms of work in ${IDLE_MS} idle ms instead of ${before.idleMs} ms`
  return undefined
}

/** Conversations about what streams leave behind. */
export const leftoverCases = [hundredRounds]
