import type { PacketStream } from '../../host/rpc/packet-stream.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import type { CaseContext } from '../kernel/case-context.ts'
import { defineCase } from '../kernel/case.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import { isLost } from './is-lost.ts'
import { rules } from './running-rules.ts'

/** LIFE-087: so many streams and calls at once. */
const STREAMS = 20
const CALLS = 100

const besideStreams = defineCase({
  id: 'lifecycle/many-streams',
  heavy: true,
  title: 'holds 20 streams beside stdio and broker, then calls CheckHealth 100 times at once',
  judges: [rules['serves-beside-open-streams']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['serves-beside-open-streams'])
    const plugin = await t.up()
    await using _streams = holdStreams(plugin, t, STREAMS)
    const request = { pluginContext: t.context() }
    const results = await Promise.all(
      Array.from({ length: CALLS }, () =>
        plugin.diagnostics.checkHealth(request, { budgetMs: t.budgets.call }),
      ),
    )
    const lost = results.filter((result) => isLost(result))
    const [first] = lost
    if (first === undefined) return rule.upheld()
    return rule.broken(
      `${CALLS} answers`,
      `${CALLS - lost.length} answers; the others: ${describeResult(first)}`,
    )
  },
})

/** Streams that end when disposed of. */
export interface HeldStreams extends AsyncDisposable {
  readonly streams: ReadonlyArray<PacketStream<unknown>>
}

/** Opens `count` streams that a plugin is likely to hold; one that ends by itself does no harm. */
export function holdStreams(plugin: Plugin, t: CaseContext, count: number): HeldStreams {
  const [channel] = t.samples.channels
  const path = t.contract === 'scripted' ? 'conformance/hold' : (channel?.path ?? 'conformance')
  const options = { budgetMs: t.budgets.call * 10 }
  const streams = Array.from({ length: count }, (_, index) =>
    plugin.stream.runStream(
      {
        pluginContext: t.context(),
        path: channel === undefined ? `${path}-${index}` : path,
        ...(channel?.data === undefined
          ? {}
          : { data: new TextEncoder().encode(JSON.stringify(channel.data)) }),
      },
      options,
    ),
  )
  return {
    streams,
    async [Symbol.asyncDispose]() {
      await Promise.all(streams.map((stream) => stream[Symbol.asyncDispose]()))
    },
  }
}

/** Conversations beside open streams. */
export const cases = [besideStreams]
