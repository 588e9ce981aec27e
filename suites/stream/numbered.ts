import type { StreamPacket } from '../../proto/gen/grafana/backend_pb.js'
import type { PacketStream } from '../../host/rpc/packet-stream.ts'
import { isRecord, readDocument } from './document.ts'
import type { StreamInstructions } from './route.ts'

/** Pause between two numbered packets; short, since only their order matters. */
const INTERVAL_MS = 5

/** Instructions for packets that can be told apart: `{"from": name, "n": 0}` and so on, then silence. */
export function numberedPackets(name: string, count: number): StreamInstructions {
  const packets = Array.from({ length: count }, (_, n) => ({ from: name, n }))
  return { packets, frames: 0, intervalMs: INTERVAL_MS, end: 'hold', initial: 'none' }
}

/** Names of the next numbered packets, such as `a0`, `a1`; fewer when the stream ends or is silent for `ms`. */
export async function readNumbered(
  stream: PacketStream<StreamPacket>,
  count: number,
  ms: number,
): Promise<readonly string[]> {
  const names: string[] = []
  while (names.length < count) {
    const next = await stream.next(ms)
    if (next.kind !== 'packet') break
    const name = nameOf(next.message)
    if (name !== undefined) names.push(name)
  }
  return names
}

/** The names that `readNumbered` ought to give. */
export function numberedNames(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `${name}${n}`)
}

/** Packets of another kind are no concern here: a plugin may send what it likes besides. */
function nameOf({ data }: StreamPacket): string | undefined {
  const document = readDocument(data)
  if (document.kind !== 'json' || !isRecord(document.value)) return undefined
  const { from, n } = document.value
  return typeof from === 'string' && typeof n === 'number' ? `${from}${n}` : undefined
}
