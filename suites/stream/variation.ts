import type { Behaviour, StreamBehaviour } from '../../reference-plugin/behaviour.ts'
import type { StreamPacket } from '../../proto/gen/grafana/backend_pb.js'
import { isRecord, readDocument } from './document.ts'

/** The plugin with some methods of Stream replaced. */
export function withStream(base: Behaviour, change: Partial<StreamBehaviour>): Behaviour {
  return { ...base, stream: { ...base.stream, ...change } }
}

/** The plugin with every packet passed through `change`; what that gives is sent instead. */
export function withPackets(
  base: Behaviour,
  change: (packet: StreamPacket, index: number) => readonly StreamPacket[],
): Behaviour {
  return withStream(base, {
    async *runStream(request, call) {
      let index = 0
      for await (const packet of base.stream.runStream(request, call)) yield* change(packet, index++)
    },
  })
}

/** The packet with the rows of its frame changed; packets without rows stay as they are. */
export function changeRows(
  packet: StreamPacket,
  change: (values: readonly unknown[]) => readonly unknown[],
): StreamPacket {
  return changeFrame(packet, (frame) => {
    const { data } = frame
    if (!isRecord(data) || !Array.isArray(data['values'])) return frame
    return { ...frame, data: { ...data, values: change(data['values']) } }
  })
}

/** The packet with its JSON object changed; other documents stay as they are. */
export function changeFrame<T extends { readonly data: Uint8Array }>(
  packet: T,
  change: (frame: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): T {
  const document = readDocument(packet.data)
  if (document.kind !== 'json' || !isRecord(document.value)) return packet
  return { ...packet, data: Buffer.from(JSON.stringify(change(document.value))) }
}
