import type { PacketStream } from '../../host/rpc/packet-stream.ts'
import type { QueryChunkedDataResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { SharedContext } from '../kernel/case-context.ts'
import { defineCase } from '../kernel/case.ts'
import { goodQuery } from '../query/good-query.ts'
import { rules } from './rules.ts'

/** How long the second query takes: much longer than a busy machine needs to bring the first answer over. */
const SLOW_MS = 300

/** The least distance between the answers that counts as one after the other; a third of the delay, as machines stall. */
const APART_MS = 100

/** A machine that stalls at the wrong moment brings both answers at once. */
const ATTEMPTS = 3

/** A fast query before a slow one: the answer of the fast one does not wait. */
export const streaming = defineCase({
  id: 'chunked/slow-query-behind-a-fast-one',
  title: 'asks a query that is ready at once and one that takes a moment',
  judges: [rules['pieces-are-sent-as-they-come']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['pieces-are-sent-as-they-come'])
    if (t.contract !== 'scripted') {
      // Asked all the same, so that a plugin without chunks is told apart.
      const request = { pluginContext: t.context(), queries: [goodQuery(t)] }
      t.answered(await t.plugin.data.queryChunkedData(request).all())
      return rule.unverified('a plugin that follows the scripted contract')
    }
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const apart = await distance(t)
      if (apart === undefined) return rule.unverified('a message for each query')
      if (apart >= APART_MS) return rule.upheld()
      t.note('distance', `${Math.round(apart)} ms`)
    }
    return rule.broken(
      `the data of A about ${SLOW_MS} ms before the answer of B, which takes so long`,
      'both at the same time',
    )
  },
})

/** Milliseconds from the first message for A to the first for B; undefined when one of them never came. */
async function distance(t: SharedContext): Promise<number | undefined> {
  const queries = [goodQuery(t), t.query({ refId: 'B', model: { conformance: { delayMs: SLOW_MS } } })]
  await using stream = t.plugin.data.queryChunkedData({ pluginContext: t.context(), queries })
  const arrivals = await arrivalsOf(stream, t.budgets.call)
  t.answered(await stream.all())
  const a = arrivals.get('A')
  const b = arrivals.get('B')
  return a === undefined || b === undefined ? undefined : b - a
}

async function arrivalsOf(
  stream: PacketStream<QueryChunkedDataResponse>,
  ms: number,
): Promise<ReadonlyMap<string, number>> {
  const arrivals = new Map<string, number>()
  for (;;) {
    const next = await stream.next(ms)
    if (next.kind !== 'packet') return arrivals
    const { refId } = next.message
    if (!arrivals.has(refId)) arrivals.set(refId, performance.now())
  }
}
