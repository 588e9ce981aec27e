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
 * Sends one request and receives any number of answers; without a request the call stays open in both directions.
 *
 * A unary call and a server stream are the same on the wire, so both go through here.
 */
export function startRawCall(
  client: Client,
  path: string,
  request: Uint8Array | undefined,
  options: RawCallOptions,
): RawCall {
  const metadata = new Metadata()
  for (const [key, value] of options.metadata)
    metadata.add(key, typeof value === 'string' ? value : Buffer.from(value))
  const same = (bytes: Buffer): Buffer => bytes
  const call = options.deadlineMs === undefined ? {} : { deadline: Date.now() + options.deadlineMs }
  const stream =
    request === undefined
      ? client.makeBidiStreamRequest<Buffer, Buffer>(path, same, same, metadata, call)
      : client.makeServerStreamRequest<Buffer, Buffer>(path, same, same, bufferOf(request), metadata, call)
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

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
