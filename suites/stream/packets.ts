import { isMessage } from '@bufbuild/protobuf'

import {
  RunStreamRequestSchema,
  StreamPacketSchema,
  SubscribeStreamRequestSchema,
  SubscribeStreamResponseSchema,
  SubscribeStreamResponse_Status,
} from '../../proto/gen/grafana/backend_pb.js'
import type { RunStreamRequest, SubscribeStreamRequest } from '../../proto/gen/grafana/backend_pb.js'
import type { HostEvent, MessageEvent } from '../../host/events.ts'
import { defineObserver } from '../kernel/observer.ts'
import type { ObserverJudge } from '../kernel/observer.ts'
import { isRecord, readDocument } from './document.ts'
import { framePart, rowsFault } from './frame-part.ts'
import { rules } from './rules.ts'
import { undeclaredStreams } from './undeclared.ts'

const judged = [
  rules['packets-are-json'],
  rules['schema-comes-first'],
  rules['rows-match-the-schema'],
  rules['stays-open'],
] as const

/** What the plugin said to the subscription that goes before a stream. */
interface Subscription {
  readonly accepted: boolean
  /** Number of fields of the schema in the initial data, if there was one. */
  readonly columns: number | undefined
}

/** One RunStream call. */
interface Run {
  /** Undefined when nobody subscribed before. */
  readonly subscription: Subscription | undefined
  /** The host's instructions ask for an end with OK (fixtures/script.schema.json). */
  readonly mayEnd: boolean
  columns: number | undefined
  packets: number
}

/** Judges every packet and every end of every stream. */
export const streamPackets = defineObserver({
  id: 'stream/every-packet',
  title: 'looks at every packet of every stream, and at the way in which it ends',
  judges: judged,
  watches: 'a stream that sends frames: add channels to conformance.yaml',
  watch({ subject }) {
    const asked = new Map<string, string>()
    const subscriptions = new Map<string, Subscription>()
    const runs = new Map<string, Run>()
    const stopping = new Set<string>()
    return {
      see(event, judge) {
        undeclaredStreams(event, subject, judged, judge)
        if (event.kind === 'stopping' || event.kind === 'exit') stopping.add(event.process)
        if (event.kind === 'status') {
          const run = runs.get(`${event.process} ${event.call}`)
          if (run !== undefined && !stopping.has(event.process)) judgeEnd(run, event, judge)
        }
        if (event.kind === 'message') seeMessage(event, judge)
      },
    }

    function seeMessage(event: MessageEvent, judge: ObserverJudge): void {
      const { message } = event
      const call = `${event.process} ${event.call}`
      if (isMessage(message, SubscribeStreamRequestSchema)) asked.set(call, channelOf(event, message))
      else if (isMessage(message, SubscribeStreamResponseSchema)) {
        const columns = partOf(message.data)?.columns
        const accepted = message.status === SubscribeStreamResponse_Status.OK
        subscriptions.set(asked.get(call) ?? '', { accepted, columns })
      } else if (isMessage(message, RunStreamRequestSchema)) {
        const subscription = subscriptions.get(channelOf(event, message))
        const mayEnd = asksForEnd(message.data)
        runs.set(call, { subscription, mayEnd, columns: subscription?.columns, packets: 0 })
      } else if (isMessage(message, StreamPacketSchema)) {
        const run = runs.get(call)
        if (run !== undefined) judgePacket(run, message.data, event, judge)
      }
    }
  },
})

function judgePacket(run: Run, data: Uint8Array, event: MessageEvent, judge: ObserverJudge): void {
  run.packets++
  const document = readDocument(data)
  if (document.kind !== 'json') {
    const actual = document.kind === 'empty' ? 'no bytes' : document.shown
    judge.broken(
      rules['packets-are-json'],
      event,
      'one JSON document a packet',
      `${actual} in packet ${run.packets}`,
    )
    return
  }
  judge.upheld(rules['packets-are-json'])
  const part = framePart(document.value)
  if (part === undefined) return
  run.columns = part.columns ?? run.columns
  if (part.rows.length === 0) return
  if (run.columns === undefined) {
    // Without a subscription nothing is known about what a viewer has seen before.
    if (run.subscription !== undefined)
      judge.broken(
        rules['schema-comes-first'],
        event,
        'a schema in the initial data or in the first packet',
        `rows without a schema in packet ${run.packets}`,
      )
    return
  }
  judge.upheld(rules['schema-comes-first'])
  const fault = rowsFault(run.columns, part.rows)
  if (fault === undefined) judge.upheld(rules['rows-match-the-schema'])
  else
    judge.broken(
      rules['rows-match-the-schema'],
      event,
      fault.expected,
      `${fault.actual} in packet ${run.packets}`,
    )
}

function judgeEnd(run: Run, event: HostEvent & { readonly kind: 'status' }, judge: ObserverJudge): void {
  // A path that was refused is no stream, and scripts get the end that they ask for.
  if (run.subscription?.accepted !== true || run.mayEnd) return
  const own = event.code === 0 && !event.cancelled && event.outcome === 'ended'
  if (!own) {
    if (run.packets > 0) judge.upheld(rules['stays-open'])
    return
  }
  judge.broken(
    rules['stays-open'],
    event,
    'a stream that stays open until it is cancelled, or ends with an error',
    `OK after ${run.packets} packets and ${event.ms} ms`,
  )
}

/** One channel of one data source with what was attached: scripts stand in the data. */
function channelOf(event: MessageEvent, request: SubscribeStreamRequest | RunStreamRequest): string {
  const uid = request.pluginContext?.dataSourceInstanceSettings?.uid ?? ''
  return JSON.stringify([event.process, uid, request.path, Buffer.from(request.data).toString('base64')])
}

function asksForEnd(data: Uint8Array): boolean {
  const document = readDocument(data)
  if (document.kind !== 'json' || !isRecord(document.value)) return false
  const { conformance } = document.value
  return isRecord(conformance) && conformance['end'] === 'ok'
}

function partOf(data: Uint8Array): ReturnType<typeof framePart> {
  const document = readDocument(data)
  return document.kind === 'json' ? framePart(document.value) : undefined
}
