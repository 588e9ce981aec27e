import { isMessage } from '@bufbuild/protobuf'

import {
  DataFrameFormat,
  QueryChunkedDataRequestSchema,
  QueryChunkedDataResponseSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import type { QueryChunkedDataResponse } from '../../proto/gen/grafana/backend_pb.js'
import { formatFault } from '../frame/frame-format.ts'
import { defineObserver } from '../kernel/observer.ts'
import { showRefId } from '../query/answer-map.ts'
import type { Assembly } from './assembly.ts'
import { startAssembly } from './assembly.ts'
import { rules } from './rules.ts'

/** Status code of a method that is not there. */
const UNIMPLEMENTED = 12

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/** What is known of one call while it lasts. */
interface Stream {
  readonly refIds: ReadonlySet<string>
  readonly assembly: Assembly
  /** The frames that have begun, by refId, in the order of their first pieces. */
  readonly begun: Map<string, string[]>
}

const messages = defineObserver({
  id: 'chunked/every-message',
  title: 'looks at every message of every QueryChunkedData stream',
  judges: [
    rules['every-message-is-addressed'],
    rules['json-pieces-fit-together'],
    rules['arrow-pieces-fit-together'],
    rules['frame-is-finished-before-the-next'],
    rules['json-is-on-one-line'],
    rules['status-is-explicit'],
  ],
  watches: 'a QueryChunkedData message with a frame in this format',
  watch() {
    const streams = new Map<string, Stream>()
    return {
      see(event, judge) {
        if (event.kind === 'status') {
          if (streams.delete(`${event.process} ${event.call}`) && event.code === UNIMPLEMENTED)
            for (const rule of messages.judges)
              judge.inapplicable(rule, 'QueryChunkedData: the plugin answers UNIMPLEMENTED')
          return
        }
        if (event.kind !== 'message') return
        const call = `${event.process} ${event.call}`
        if (isMessage(event.message, QueryChunkedDataRequestSchema)) {
          const refIds = new Set(event.message.queries.map((query) => query.refId))
          streams.set(call, { refIds, assembly: startAssembly(), begun: new Map() })
          return
        }
        const stream = streams.get(call)
        if (stream === undefined || !isMessage(event.message, QueryChunkedDataResponseSchema)) return
        const { message } = event
        for (const { rule, fault } of judgeMessage(message, stream)) {
          if (fault === undefined) judge.upheld(rule)
          else judge.broken(rule, event, fault.expected, `${fault.actual}, for ${showRefId(message.refId)}`)
        }
      },
    }
  },
})

interface Conclusion {
  readonly rule: (typeof messages.judges)[number]
  /** Undefined when the message is good. */
  readonly fault: Fault | undefined
}

interface Fault {
  readonly expected: string
  readonly actual: string
}

function judgeMessage(message: QueryChunkedDataResponse, stream: Stream): readonly Conclusion[] {
  const conclusions: Conclusion[] = [
    { rule: rules['every-message-is-addressed'], fault: addressFault(message, stream) },
    { rule: rules['status-is-explicit'], fault: statusFault(message) },
  ]
  const { frame, format, error } = message
  if (frame.length === 0) {
    // The host decodes an Arrow frame before it looks at anything else; errors are forgiven that (FRAME-020).
    if (error === '' && format === DataFrameFormat.ARROW)
      conclusions.push({ rule: rules['arrow-pieces-fit-together'], fault: noFrame })
    return conclusions
  }

  // Read by the wrong format no frame makes sense (frame/format-is-told), and without a frameId none has a place.
  if (formatFault(format, [frame]) !== undefined || message.frameId === '') return conclusions
  conclusions.push({ rule: rules['frame-is-finished-before-the-next'], fault: orderFault(message, stream) })
  const json = format === DataFrameFormat.JSON
  if (json) conclusions.push({ rule: rules['json-is-on-one-line'], fault: lineFault(frame) })
  const rule = json ? rules['json-pieces-fit-together'] : rules['arrow-pieces-fit-together']
  const piece = stream.assembly.add(message)
  if (piece?.kind === 'misfit') conclusions.push({ rule, fault: piece })
  if (piece?.kind === 'first' || piece?.kind === 'following') conclusions.push({ rule, fault: undefined })
  return conclusions
}

const noFrame: Fault = { expected: 'an Arrow file in every message without error', actual: 'no bytes' }

function addressFault(
  { refId, frameId, frame }: QueryChunkedDataResponse,
  stream: Stream,
): Fault | undefined {
  if (!stream.refIds.has(refId))
    return {
      expected: `one of the refIds ${[...stream.refIds].map(showRefId).join(', ')}`,
      actual: 'another one',
    }
  if (frame.length === 0 || frameId !== '') return undefined
  return { expected: 'a frameId beside the frame', actual: 'a frame without one' }
}

/** Data with another 2xx than 200 does as little harm as in QueryData (DATA-301). */
function statusFault({ status, error }: QueryChunkedDataResponse): Fault | undefined {
  const [least, most] = error === '' ? [200, 299] : [400, 599]
  if (status >= least && status <= most) return undefined
  const what = error === '' ? 'data' : 'an error'
  return { expected: `status ${least} to ${most} with ${what}`, actual: `status ${status}` }
}

function orderFault({ refId, frameId }: QueryChunkedDataResponse, { begun }: Stream): Fault | undefined {
  const order = begun.get(refId) ?? []
  begun.set(refId, order)
  if (order.at(-1) === frameId) return undefined
  const before = order.includes(frameId)
  order.push(frameId)
  if (!before) return undefined
  return {
    expected: 'all pieces of a frame before the next frame',
    actual: `frame "${frameId.slice(0, 40)}" goes on after another one began`,
  }
}

function lineFault(frame: Uint8Array): Fault | undefined {
  const at = frame.findIndex((byte) => byte === LINE_FEED || byte === CARRIAGE_RETURN)
  return at === -1 ? undefined : { expected: 'JSON on one line', actual: `a line break at byte ${at}` }
}

/** Watches over QueryChunkedData streams. */
export const observers = [messages]
