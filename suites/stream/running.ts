import type { Next, PacketStream } from '../../host/rpc/packet-stream.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import type { StreamPacket, SubscribeStreamResponse } from '../../proto/gen/grafana/backend_pb.js'
import { wakingNow } from '../../host/waking-time.ts'
import { defineCase } from '../kernel/case.ts'
import type { SharedContext } from '../kernel/case-context.ts'
import { CaseEnded } from '../kernel/case-ended.ts'
import { accepted, nextOf, requireScript, requireStreams, runStream } from './conversation.ts'
import { readDocument } from './document.ts'
import { framePart } from './frame-part.ts'
import type { Route } from './route.ts'
import { bareRoute, sampleRoute, scriptedRoute } from './route.ts'
import { rules } from './rules.ts'
import { OPEN_MS } from './subscriptions.ts'

const judged = [
  rules['accepted-path-runs'],
  rules['first-packet-soon'],
  rules['late-viewers-learn-the-schema'],
] as const

/** Packets after which a stream has shown what it does. */
const ENOUGH = 5

/** How long a stream is read on that need not send anything; those that send fast are read until there is enough. */
const READ_ON_MS = { patient: 5_000, brief: 200, any: 1_500 } as const

/** Streams of a scripted subject that send `ENOUGH` packets in no time. */
const fastRoutes: readonly string[] = ['fast-tick', 'frames', 'bare-frames']

/** Streams of every kind that a scripted subject knows; the documents are too few, so that their stream is seen to stay open. */
const scriptedRoutes: Readonly<Record<string, Route>> = {
  tick: bareRoute('tick'),
  'fast-tick': bareRoute('tick/20'),
  frames: scriptedRoute('run/frames', { frames: ENOUGH, intervalMs: 10, initial: 'schema' }),
  'bare-frames': scriptedRoute('run/bare', { frames: ENOUGH, intervalMs: 10, initial: 'none' }),
  documents: scriptedRoute('run/documents', { packets: [5, null, { a: [1] }, 'text'], intervalMs: 5 }),
}

const scriptedStream = defineCase({
  id: 'stream/scripted-stream',
  title: 'subscribes to a stream of frames or documents, runs it, and subscribes again',
  judges: judged,
  process: 'shared',
  variants: ['tick', 'fast-tick', 'frames', 'bare-frames', 'documents'],
  async run(t) {
    await requireStreams(t, t.plugin)
    requireScript(t)
    const readOnMs = fastRoutes.includes(t.variant) ? READ_ON_MS.patient : READ_ON_MS.brief
    await watchStream(t, scriptedRoutes[t.variant] ?? bareRoute('tick'), readOnMs)
  },
})

const sampleChannel = defineCase({
  id: 'stream/sample-channel',
  title: 'subscribes to a channel of conformance.yaml, runs it, and subscribes again',
  judges: judged,
  process: 'shared',
  variants: ['1', '2', '3'],
  async run(t) {
    await requireStreams(t, t.plugin)
    const channel = t.samples.channels[Number(t.variant) - 1]
    if (channel === undefined) throw new CaseEnded(noChannel(t))
    await watchStream(t, sampleRoute(channel), READ_ON_MS.any)
  },
})

function noChannel(t: SharedContext): CaseEnded['verdict'] {
  return t.variant === '1'
    ? { kind: 'unverified', missing: 'channels in conformance.yaml' }
    : { kind: 'inapplicable', undeclared: `channel number ${t.variant} in conformance.yaml` }
}

async function watchStream(t: SharedContext, route: Route, readOnMs: number): Promise<void> {
  await accepted(t, t.plugin, route)
  await using stream = runStream(t, t.plugin, route)
  const began = wakingNow()
  const first = await nextOf(t, stream, t.budgets.firstPacket)
  judgeStart(t, first, wakingNow() - began)
  await readOn(stream, readOnMs)
  await judgeLateViewer(t, route, stream.packets)
}

function judgeStart(t: SharedContext, first: Next<StreamPacket>, ms: number): void {
  const runs = t.rule(rules['accepted-path-runs'])
  const soon = t.rule(rules['first-packet-soon'])
  switch (first.kind) {
    case 'packet':
      runs.upheld()
      return soon.upheld()
    case 'silence':
      runs.upheld()
      if (t.contract === 'scripted')
        return soon.broken(`a packet within ${first.ms} ms`, `none within ${first.ms} ms`)
      return soon.unverified(`a channel that has data: no packet within ${first.ms} ms`)
    case 'ended':
      if (ms >= OPEN_MS) runs.upheld()
      else
        runs.broken(
          `a stream that stays open for ${OPEN_MS} ms or sends a packet`,
          `an end after ${Math.round(ms)} ms: ${first.result.kind === 'answered' ? 'OK' : describeResult(first.result)}`,
        )
      return soon.unverified('a stream that sends a packet before it ends')
    default:
      return first satisfies never
  }
}

/** Reads some more packets, for the observers and for the viewer who comes later. */
async function readOn(stream: PacketStream<StreamPacket>, ms: number): Promise<void> {
  const deadline = wakingNow() + ms
  while (stream.packets.length < ENOUGH) {
    const next = await stream.next(Math.max(0, deadline - wakingNow()))
    if (next.kind !== 'packet') return
  }
}

/** Whoever comes later needs initial data with a schema, or a schema in every packet (STREAM-303, JSON-021). */
async function judgeLateViewer(
  t: SharedContext,
  route: Route,
  packets: readonly StreamPacket[],
): Promise<void> {
  const rule = t.rule(rules['late-viewers-learn-the-schema'])
  const parts = packets.map((packet) => partOf(packet.data)).filter((part) => part !== undefined)
  if (parts.length === 0 && packets.length > 0) return rule.inapplicable('streams of frames')
  const rows = parts.filter((part) => part.rows.length > 0)
  if (rows.length < 2) return rule.unverified('a stream that sends at least two packets with rows')
  if (rows.every((part) => part.columns !== undefined)) return rule.upheld()
  const late = await accepted(t, t.plugin, route)
  if (partOf(late.data)?.columns !== undefined) return rule.upheld()
  return rule.broken(
    'initial data with the schema, or a schema in every packet',
    `${shownInitial(late)}, and packets with rows only`,
  )
}

function shownInitial({ data }: SubscribeStreamResponse): string {
  return data.length === 0 ? 'no initial data' : 'initial data without a schema'
}

function partOf(data: Uint8Array): ReturnType<typeof framePart> {
  const document = readDocument(data)
  return document.kind === 'json' ? framePart(document.value) : undefined
}

/** Conversations with one stream. */
export const runningCases = [sampleChannel, scriptedStream]
