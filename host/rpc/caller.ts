import type { DescMessage, DescMethod, MessageInitShape, MessageShape } from '@bufbuild/protobuf'
import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import type { Client } from '@grpc/grpc-js'

import type { EventSink, HostEvent } from '../events.ts'
import type { Exit } from '../launch/plugin-process.ts'
import type { CallSpans } from '../trace/call-spans.ts'
import { wakingNow, wakingTimer } from '../waking-time.ts'
import type { CallResult } from './call-result.ts'
import { isLocalStatus } from './local-status.ts'
import { PacketStream } from './packet-stream.ts'
import { startRawCall } from './raw-call.ts'
import type { RawCall } from './raw-call.ts'

/** What a single call may change about the way it is made. */
export interface CallOptions {
  /** Sent as `grpc-timeout`. Default none, as Grafana's interactive calls. */
  readonly deadlineMs?: number
  /** How long the host waits before it gives up and cancels, in milliseconds. Default `budgets.call`. */
  readonly budgetMs?: number
  /** Extra metadata; keys that end in `-bin` take bytes. */
  readonly metadata?: ReadonlyArray<readonly [string, string | Uint8Array]>
  /** Cancels the call. */
  readonly signal?: AbortSignal
  /** Where the call's trace context comes from. Default the plugin's. */
  readonly spans?: CallSpans
}

/** A message type, or bytes where a case sends or wants exactly what travels. */
export type Codec<Message> = { readonly decode: (bytes: Uint8Array) => Message }

/** What the caller needs of the plugin that it calls. */
export interface CallerEnvironment {
  readonly client: Client
  readonly process: string
  readonly tag: string | undefined
  readonly sink: EventSink
  readonly now: () => number
  readonly nextCall: () => number
  readonly budgetMs: number
  readonly spans: CallSpans
  /** Cancels every call that has no signal of its own. */
  readonly signal: AbortSignal | undefined
  /** The exit of the process if it is gone or goes within a moment; undefined when it lives or there is none. */
  readonly goneProcess: () => Promise<Exit | undefined>
}

/** Calls one server stream and yields its packets as they arrive. */
export function callStream<I extends DescMessage, O extends DescMessage>(
  environment: CallerEnvironment,
  method: DescMethod & { readonly input: I; readonly output: O },
  request: MessageInitShape<I>,
  options: CallOptions = {},
): PacketStream<MessageShape<O>> {
  const message = create(method.input, request)
  const path = `/${method.parent.typeName}/${method.name}`
  const decode = (bytes: Uint8Array): MessageShape<O> => fromBinary(method.output, bytes)
  return callBytes(environment, { path, bytes: toBinary(method.input, message), message, decode }, options)
}

/** Opens a call in both directions and sends no message, as Grafana does with the only such method, the broker's (LIFE-104). */
export function openStream<O extends DescMessage>(
  environment: CallerEnvironment,
  method: DescMethod & { readonly output: O },
  options: CallOptions = {},
): PacketStream<MessageShape<O>> {
  const path = `/${method.parent.typeName}/${method.name}`
  const decode = (bytes: Uint8Array): MessageShape<O> => fromBinary(method.output, bytes)
  return callBytes(environment, { path, bytes: undefined, message: undefined, decode }, options)
}

/** What to send and how to read what comes back. */
export interface Outgoing<Message> extends Codec<Message> {
  readonly path: string
  /** Undefined for a call that is only opened. */
  readonly bytes: Uint8Array | undefined
  /** The message as shown in events; the bytes when there is no message. */
  readonly message: unknown
}

/** Calls with exactly these bytes; the way to send what no encoder would write. */
export function callBytes<Message>(
  environment: CallerEnvironment,
  outgoing: Outgoing<Message>,
  options: CallOptions = {},
): PacketStream<Message> {
  const { path } = outgoing
  const { process, tag, sink, now } = environment
  const call = environment.nextCall()
  const span = (options.spans ?? environment.spans).start(path)
  const metadata = [...span.metadata, ...(options.metadata ?? [])]
  const began = now()
  const beganAwake = wakingNow()
  const emit = (event: DistributiveOmit<HostEvent, 'process' | 'tag' | 'at'>): void => {
    sink({ ...event, process, tag, at: now() })
  }
  emit({
    kind: 'call',
    origin: 'host',
    call,
    method: path,
    metadata: metadata.map(([key, value]) => [key, String(value)]),
  })
  if (outgoing.bytes !== undefined)
    emit({
      kind: 'message',
      origin: 'host',
      call,
      method: path,
      direction: 'request',
      message: outgoing.message,
      bytes: outgoing.bytes.length,
    })
  const raw = startRawCall(environment.client, path, outgoing.bytes, { metadata, ...pick(options) })

  const stream = new PacketStream<Message>(raw)
  let undecodable: string | undefined
  raw.onMessage((bytes) => {
    let message: Message
    try {
      message = outgoing.decode(bytes)
    } catch (error) {
      undecodable ??= `the answer is not a protobuf message of this method: ${error instanceof Error ? error.message : String(error)}`
      raw.cancel()
      return
    }
    emit({
      kind: 'message',
      origin: 'plugin',
      call,
      method: path,
      direction: 'response',
      message,
      bytes: bytes.length,
    })
    stream.push(message)
  })
  void conclude()
  return stream

  async function conclude(): Promise<void> {
    const ended = await endOf(
      raw,
      options.budgetMs ?? environment.budgetMs,
      options.signal ?? environment.signal,
    )
    const cancelled = ended.cancelled || stream.cancelled
    // What is judged is the plugin's time; deadlines run on while this process stands still.
    const ms = Math.round(wakingNow() - beganAwake)
    const elapsed = now() - began
    const code = undecodable === undefined ? ended.code : 13
    const details = undecodable ?? ended.details
    // Only a connection that broke can mean that the process died; other statuses were chosen by the plugin.
    // A call that the host itself gave up says nothing about the process, and its end is not held up by looking.
    const broken = code === 14 || ((code === 1 || code === 13) && isLocalStatus(details))
    const suspicious = broken && !cancelled && !ended.timedOut
    const exit = suspicious ? await environment.goneProcess() : undefined
    const outcome = ended.timedOut ? 'timeout' : exit === undefined ? 'ended' : 'died'
    span.end({ code, details })
    emit({
      kind: 'status',
      origin: 'plugin',
      call,
      method: path,
      code,
      details,
      ms,
      outcome,
      ...(undecodable === undefined ? {} : { undecodable: true }),
      // The plugin's clock may be a little ahead of ours when the deadline passes.
      cancelled: cancelled || elapsed >= (options.deadlineMs ?? Number.POSITIVE_INFINITY) * 0.9,
      budget: options.budgetMs === undefined ? 'default' : 'own',
    })
    stream.finish(result())

    function result(): CallResult<undefined> {
      if (ended.timedOut) return { kind: 'timeout', ms }
      if (code === 0) return { kind: 'answered', message: undefined, ms }
      if (exit !== undefined) return { kind: 'died', exit, ms }
      return { kind: 'failed', code, details, ms, cancelled }
    }
  }
}

interface End {
  readonly code: number
  readonly details: string
  readonly timedOut: boolean
  readonly cancelled: boolean
}

async function endOf(raw: RawCall, budgetMs: number, signal: AbortSignal | undefined): Promise<End> {
  let timedOut = false
  let cancelled = false
  const callOff = wakingTimer(budgetMs, () => {
    timedOut = true
    raw.cancel()
  })
  const cancel = (): void => {
    cancelled = true
    raw.cancel()
  }
  if (signal?.aborted === true) cancel()
  else signal?.addEventListener('abort', cancel, { once: true })
  const { code, details } = await raw.status
  callOff()
  signal?.removeEventListener('abort', cancel)
  return { code, details, timedOut, cancelled }
}

function pick(options: CallOptions): { deadlineMs?: number } {
  return options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }
}

type DistributiveOmit<Union, Keys extends PropertyKey> = Union extends unknown ? Omit<Union, Keys> : never
