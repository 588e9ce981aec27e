import { SubscribeStreamResponse_Status } from '../../proto/gen/grafana/backend_pb.js'
import { describeResult } from '../../host/rpc/call-result.ts'
import { wakingNow } from '../../host/waking-time.ts'
import { defineCase } from '../kernel/case.ts'
import { accepted, anyRoute, nextOf, offered, requireStreams, runStream, subscribe } from './conversation.ts'
import { readDocument } from './document.ts'
import { rules } from './rules.ts'
import type { Route } from './route.ts'
import { scriptedRoute, unknownRoute } from './route.ts'

const { OK } = SubscribeStreamResponse_Status

/** A stream that stays open so long can be run (STREAM-207). */
export const OPEN_MS = 1_000

/** A subscription is decided in this time (STREAM-107). */
const FAST_MS = 1_000

/** What clients attach to subscriptions, wanted or not (STREAM-108). */
const attachments: Readonly<Record<string, Uint8Array>> = {
  'no data': new Uint8Array(),
  null: new TextEncoder().encode('null'),
  '{}': new TextEncoder().encode('{}'),
  xyz: new TextEncoder().encode('xyz'),
  'a byte that is no UTF-8': Uint8Array.of(0xff),
}

const unknownPath = defineCase({
  id: 'stream/unknown-path',
  title: 'subscribes to a random path',
  judges: [rules['unknown-path-refused']],
  process: 'shared',
  async run(t) {
    const route = unknownRoute(() => t.random())
    const rule = t.rule(rules['unknown-path-refused'])
    const { status } = offered(t, await subscribe(t, t.plugin, route))
    if (status !== OK) return rule.upheld()
    const expected = 'status NOT_FOUND (1) or PERMISSION_DENIED (2)'
    if (t.contract === 'scripted') return rule.broken(expected, `status OK for ${route.path}`)
    // Behind a message broker every path may be a topic: what can be run is no nonsense to the plugin.
    await using stream = runStream(t, t.plugin, route)
    const next = await nextOf(t, stream, OPEN_MS)
    const runs =
      next.kind === 'silence' || (next.kind === 'packet' && readDocument(next.message.data).kind === 'json')
    if (runs)
      return rule.unverified(`a path that the plugin does not know: it accepts and runs ${route.path}`)
    const how = next.kind === 'ended' ? describeResult(next.result) : 'an invalid packet'
    return rule.broken(expected, `status OK for ${route.path}; running it gives ${how}`)
  },
})

const attachedData = defineCase({
  id: 'stream/attached-data',
  title: 'subscribes with no data, null, {}, text and a stray byte',
  judges: [rules['any-subscription-data-tolerated'], rules['subscribe-is-fast']],
  process: 'shared',
  async run(t) {
    await requireStreams(t, t.plugin)
    const route = routeForData(t.contract, t.samples.channels[0]?.path, () => t.random())
    const tolerated = t.rule(rules['any-subscription-data-tolerated'])
    const times: number[] = []
    const failures: string[] = []
    for (const [label, data] of Object.entries(attachments)) {
      const result = await subscribe(t, t.plugin, { ...route, data })
      // A process that died or hangs is a matter of its own.
      if (result.kind !== 'failed') offered(t, result)
      else failures.push(`${label}: ${describeResult(result)}`)
      times.push(result.ms)
    }
    const fastest = Math.min(...times)
    const fast = t.rule(rules['subscribe-is-fast'])
    if (failures.length === times.length) fast.unverified('a subscription that is decided')
    else if (fastest < FAST_MS) fast.upheld()
    else fast.broken(`a decision in less than ${FAST_MS} ms`, `${fastest} ms, the fastest of ${times.length}`)
    const [failure] = failures
    if (failure === undefined) return tolerated.upheld()
    // What always fails does not fail because of the data.
    if (failures.length === times.length)
      return tolerated.unverified(`a subscription that is decided instead of ${failure}`)
    return tolerated.broken('a status for every kind of data', failures.join('; '))
  },
})

function routeForData(contract: string, sample: string | undefined, random: () => number): Route {
  if (contract === 'scripted') return scriptedRoute('data', {})
  return sample === undefined ? unknownRoute(random) : { path: sample, data: new Uint8Array() }
}

/** How often a path is run, cancelled and run again (STREAM-210). */
const ROUNDS = 20

const quickRestarts = defineCase({
  id: 'stream/quick-restarts',
  title: 'runs a stream, cancels it at its first packet and runs it again at once, 20 times',
  judges: [rules['path-runs-again']],
  process: 'shared',
  async run(t) {
    await requireStreams(t, t.plugin)
    const route = anyRoute(t, scriptedRoute('quick', { packets: [{ n: 0 }] }))
    await accepted(t, t.plugin, route)
    const rule = t.rule(rules['path-runs-again'])
    const began = wakingNow()
    let round = 0
    // Streams that are slow to start are not asked so often; two rounds are always tried.
    for (; round < ROUNDS && (round < 2 || wakingNow() - began < t.budgets.cancel); round++) {
      await using stream = runStream(t, t.plugin, route)
      const next = await nextOf(t, stream, t.budgets.firstPacket)
      if (next.kind === 'packet') continue
      const what = next.kind === 'ended' ? describeResult(next.result) : `no packet within ${next.ms} ms`
      if (round === 0 || (next.kind === 'silence' && t.contract === 'any'))
        return rule.unverified(`a stream that sends packets at every run: ${what}`)
      return rule.broken('a packet at every run', `run ${round + 1}: ${what}`)
    }
    return rule.upheld()
  },
})

/** Conversations about who may subscribe, and about running again. */
export const subscriptionCases = [unknownPath, attachedData, quickRestarts]
