import { once } from 'node:events'
import type { Writable } from 'node:stream'

/** Sends messages as they come, no faster than the host takes them, until they end or the call does (CHUNK-113, RES-215). */
export async function pumpMessages<T>(
  messages: AsyncIterable<T>,
  sink: Writable,
  signal: AbortSignal,
): Promise<void> {
  for await (const message of messages) {
    if (signal.aborted) break
    if (!sink.write(message)) await once(sink, 'drain', { signal })
  }
  // Messages that ended because the call did have not ended well; OK would tell the host not to come back (STREAM-206).
  signal.throwIfAborted()
}
