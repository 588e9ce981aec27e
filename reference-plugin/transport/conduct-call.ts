import type { EventEmitter } from 'node:events'

import { status } from '@grpc/grpc-js'
import type { Metadata, StatusObject } from '@grpc/grpc-js'

import type { Call } from '../call.ts'
import { RpcError } from '../rpc-error.ts'
import type { Running } from '../running.ts'

/** What a call came to, ready to be sent. */
export type Conducted<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'failed'; readonly status: Partial<StatusObject> }

/** Runs one handler: gives it its `Call`, logs, counts, and turns whatever it throws into a status of this call only (DATA-406). */
export async function conductCall<T>(
  surface: EventEmitter & { readonly metadata: Metadata; getHost(): string },
  path: string,
  running: Running,
  work: (call: Call) => Promise<T>,
): Promise<Conducted<T>> {
  const { behaviour } = running
  const incoming = { path, authority: surface.getHost(), metadata: surface.metadata }
  const refusal = behaviour.transport.refusal(incoming, running)
  if (refusal !== null) return { kind: 'failed', status: refusal }

  const controller = new AbortController()
  const cancel = () => controller.abort(new RpcError(status.CANCELLED, 'the host cancelled the call'))
  const end = () => controller.abort(new RpcError(status.UNAVAILABLE, 'the plugin is shutting down'))
  surface.once('cancelled', cancel)
  running.ended.addEventListener('abort', end, { once: true })
  if (running.ended.aborted) end()

  const call = openCall(running, path, surface.metadata, controller.signal)
  const start = performance.now()
  const ms = () => Math.round((performance.now() - start) * 1000) / 1000
  try {
    behaviour.logs.onCallStart(call.log, call)
    const value = await work(call)
    running.counters.count(path, 'ok')
    behaviour.logs.onCallEnd(call.log, call, { kind: 'ok', ms: ms() })
    return { kind: 'ok', value }
  } catch (error) {
    running.counters.count(path, 'error')
    const kind = call.signal.aborted ? 'cancelled' : 'failed'
    behaviour.logs.onCallEnd(call.log, call, { kind, ms: ms(), error })
    return { kind: 'failed', status: behaviour.transport.fault(error, call) }
  } finally {
    running.ended.removeEventListener('abort', end)
  }
}

function openCall(running: Running, path: string, metadata: Metadata, signal: AbortSignal): Call {
  const { behaviour, world, log, instances, counters } = running
  return { behaviour, path, metadata, signal, log, world, instances, counters, running }
}
