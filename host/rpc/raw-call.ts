import { Metadata } from '@grpc/grpc-js'
import type { Client, StatusObject } from '@grpc/grpc-js'

/** A call whose messages are bytes: the one way in which this host talks to a plugin. */
export interface RawCall {
  onMessage(listener: (bytes: Uint8Array) => void): void
  /** Settles once with the final status; never rejects. */
  readonly status: Promise<{ readonly code: number; readonly details: string; readonly metadata: Metadata }>
  cancel(): void
  /** Stops reading until `resume`, so that a slow reader can be played. */
  pause(): void
  resume(): void
}

export interface RawCallOptions {
  readonly metadata: ReadonlyArray<readonly [string, string | Uint8Array]>
  /** Sent as `grpc-timeout`; none by default, as Grafana's interactive calls (rpc.md 1.3). */
  readonly deadlineMs?: number
}

/**
 * Sends one request and receives any number of answers.
 *
 * A unary call and a server stream are the same on the wire, so both go through here.
 */
export function startRawCall(
  client: Client,
  path: string,
  request: Uint8Array,
  options: RawCallOptions,
): RawCall {
  const metadata = new Metadata()
  for (const [key, value] of options.metadata)
    metadata.add(key, typeof value === 'string' ? value : Buffer.from(value))
  const stream = client.makeServerStreamRequest<Buffer, Buffer>(
    path,
    (bytes) => bytes,
    (bytes) => bytes,
    Buffer.from(request.buffer, request.byteOffset, request.byteLength),
    metadata,
    options.deadlineMs === undefined ? {} : { deadline: Date.now() + options.deadlineMs },
  )
  const status = new Promise<StatusObject>((resolve) => stream.once('status', resolve))
  // Every failure also arrives as status; without a listener Node would end the process.
  stream.on('error', () => {})
  return {
    onMessage(listener) {
      stream.on('data', listener)
    },
    status,
    cancel() {
      stream.cancel()
    },
    pause() {
      stream.pause()
    },
    resume() {
      stream.resume()
    },
  }
}
