import { within } from '../../host/deadline.ts'
import type { CallResult } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import type { CaseContext } from '../kernel/case-context.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import { allOf } from './all-of.ts'
import { accepted, anyRoute, nextOf, requireScript, requireStreams, runStream } from './conversation.ts'
import { numberedNames, numberedPackets, readNumbered } from './numbered.ts'
import { scriptedRoute } from './route.ts'
import { rules } from './rules.ts'

/** As many as the check of STREAM-209 opens. */
const STREAMS = 50

const fiftyStreams = defineCase({
  id: 'stream/fifty-streams',
  heavy: true,
  title: 'holds 50 streams open and makes a health check and a query',
  judges: [rules['many-streams-at-once']],
  process: 'fresh',
  async run(t) {
    const plugin = await t.up()
    await requireStreams(t, plugin)
    const routeOf = (number: number) => anyRoute(t, scriptedRoute(`many/${number}`, { packets: [{ n: 0 }] }))
    await accepted(t, plugin, routeOf(0))
    const rule = t.rule(rules['many-streams-at-once'])
    for (const result of await unaryCalls(t, plugin))
      if (result.kind === 'timeout' || result.kind === 'died') t.answered(result)
    await using open = allOf(
      Array.from({ length: STREAMS }, (_, number) =>
        runStream(t, plugin, routeOf(number), { uid: uidOf(t, number) }),
      ),
    )
    const firsts = await Promise.all(open.all.map((stream) => nextOf(t, stream, t.budgets.firstPacket)))
    const unary = await unaryCalls(t, plugin)
    const hanging = unary.find((result) => result.kind === 'timeout')
    const expected = `packets on ${STREAMS} streams, and answers to other calls meanwhile`
    if (hanging !== undefined) return rule.broken(expected, `a call without answer within ${hanging.ms} ms`)
    for (const result of unary) if (result.kind === 'died') t.answered(result)
    const lively = firsts.filter((next) => next.kind === 'packet').length
    // Streams of a real backend may have nothing to say; scripted ones were told to speak.
    if (t.contract === 'scripted' && lively > 0 && lively < STREAMS)
      return rule.broken(expected, `packets on ${lively} streams`)
    return rule.upheld()
  },
})

/** One data source for scripted streams on many paths, many data sources for the one path that is known otherwise. */
function uidOf(t: CaseContext, number: number): string {
  return t.contract === 'scripted' ? 'conformance' : `conformance-${number}`
}

function unaryCalls(t: CaseContext, plugin: Plugin): Promise<ReadonlyArray<CallResult<unknown>>> {
  const pluginContext = t.context()
  return Promise.all<CallResult<unknown>>([
    plugin.diagnostics.checkHealth({ pluginContext }),
    plugin.data.queryData({ pluginContext, queries: [t.query()] }),
  ])
}

/** Packets that two streams have to deliver side by side. */
const SIDE_BY_SIDE = 10

const twoPaths = defineCase({
  id: 'stream/two-paths',
  title: 'runs two paths of one data source at the same time',
  judges: [rules['paths-do-not-interfere']],
  process: 'shared',
  async run(t) {
    await requireStreams(t, t.plugin)
    requireScript(t)
    const names = ['a', 'b']
    const routes = names.map((name) => scriptedRoute(`two/${name}`, numberedPackets(name, SIDE_BY_SIDE)))
    for (const route of routes) await accepted(t, t.plugin, route)
    await using open = allOf(routes.map((route) => runStream(t, t.plugin, route)))
    const got = await Promise.all(
      open.all.map((stream) => readNumbered(stream, SIDE_BY_SIDE, t.budgets.firstPacket)),
    )
    const rule = t.rule(rules['paths-do-not-interfere'])
    if (got.every((one) => one.length === 0)) return rule.unverified('the packets that the script asks for')
    const expected = names.map((name) => numberedNames(name, SIDE_BY_SIDE).join(' ')).join(' | ')
    const actual = got.map((one) => one.join(' ')).join(' | ')
    return actual === expected ? rule.upheld() : rule.broken(expected, actual)
  },
})

/** Packets that are read before the cancellation, and after it. */
const BEFORE = 3
const AFTER = 8

const cancelAndRunAgain = defineCase({
  id: 'stream/cancel-and-run-again',
  title: 'cancels a stream in the midst of its packets and runs the same path again',
  judges: [rules['ends-when-cancelled']],
  process: 'shared',
  async run(t) {
    await requireStreams(t, t.plugin)
    requireScript(t)
    const route = scriptedRoute('again', numberedPackets('p', BEFORE + AFTER))
    await accepted(t, t.plugin, route)
    const rule = t.rule(rules['ends-when-cancelled'])
    await using first = runStream(t, t.plugin, route)
    const before = await readNumbered(first, BEFORE, t.budgets.firstPacket)
    if (before.length < BEFORE) return rule.unverified('the packets that the script asks for')
    first.cancel()
    if ((await within(first.ended, t.budgets.cancel)).kind === 'late')
      return rule.broken(`an end within ${t.budgets.cancel} ms`, 'no end')
    await using second = runStream(t, t.plugin, route)
    const after = await readNumbered(second, AFTER, t.budgets.firstPacket)
    if (after.length === 0) return rule.unverified('a second run of the same path')
    const expected = numberedNames('p', AFTER).join(' ')
    const actual = after.join(' ')
    return actual === expected ? rule.upheld() : rule.broken(`${expected} at the second run`, actual)
  },
})

/** Conversations about several streams, side by side and one after the other. */
export const parallelCases = [fiftyStreams, twoPaths, cancelAndRunAgain]
