import type { Plugin } from '../../host/launch/plugin.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import { wakingNow } from '../../host/waking-time.ts'
import { defineCase } from '../kernel/case.ts'
import type { CaseContext } from '../kernel/case-context.ts'
import { needs } from '../kernel/need.ts'
import { finishedCalls } from './finished-calls.ts'
import { resourceCall } from './resource-call.ts'
import { rules } from './rules.ts'

/** More calls than small pools have threads; some Python servers have four (rpc.md section 13, trap 16). */
const CALLS = 16

/** Abandons calls that would never end by themselves. */
export const cancellation = defineCase({
  id: 'resource/abandoned-calls',
  title: `cancels ${CALLS} calls that wait for ever, then asks for something else`,
  judges: [rules['stops-when-cancelled']],
  needs: [needs.scripted],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['stops-when-cancelled'])
    const plugin = await t.up()
    const counted = await countFinished(plugin, t)
    const hold = resourceCall(t, { method: 'GET', path: 'conformance/hold' })
    const streams = Array.from({ length: CALLS }, () => plugin.resource.callResource(hold))
    const firsts = await Promise.all(streams.map((stream) => stream.next(t.budgets.firstPacket)))
    for (const stream of streams) stream.cancel()
    await Promise.all(streams.map((stream) => stream.ended))
    const held = firsts.filter((first) => first.kind === 'packet').length
    if (held === 0) return rule.unverified('calls that stay open; conformance/hold sent nothing')

    const after = resourceCall(t, { method: 'GET', path: 'conformance/contract' })
    const next = await plugin.resource.callResource(after, { budgetMs: t.budgets.cancel }).all()
    if (next.kind !== 'answered')
      return rule.broken(`an answer after ${held} cancelled calls`, describeResult(next))
    t.note('cancelled calls', String(held))
    if (counted === undefined) {
      t.note('end of the calls', 'not seen: the metrics count no finished calls')
      return rule.upheld()
    }
    // The call after them has ended, too.
    const ended = await reaches(plugin, t, counted + held + 1)
    if (ended >= counted + held + 1) return rule.upheld()
    const expected = `${held} calls that end within ${t.budgets.cancel} ms of their cancellation`
    return rule.broken(expected, `by the plugin's own metrics ${counted + held + 1 - ended} of them go on`)
  },
})

async function countFinished(plugin: Plugin, t: CaseContext): Promise<number | undefined> {
  // A counter appears with its first event.
  const first = resourceCall(t, { method: 'GET', path: 'conformance/contract' })
  t.answered(await plugin.resource.callResource(first).all())
  return finishedCalls(plugin, t.subject)
}

/** Looks at the metrics until they have counted that many calls, or for as long as a cancelled call may take (STREAM-203). */
async function reaches(plugin: Plugin, t: CaseContext, wanted: number): Promise<number> {
  const deadline = wakingNow() + t.budgets.cancel
  for (;;) {
    const seen = (await finishedCalls(plugin, t.subject)) ?? 0
    if (seen >= wanted || wakingNow() > deadline || t.signal.aborted) return seen
  }
}
