import { createHash } from 'node:crypto'

import type { CallResourceResponse } from '../../proto/gen/grafana/backend_pb.js'
import { describeResult } from '../../host/rpc/call-result.ts'
import type { PacketStream } from '../../host/rpc/packet-stream.ts'
import { defineCase } from '../kernel/case.ts'
import { needs } from '../kernel/need.ts'
import { joinedBody, resourceCall } from './resource-call.ts'
import { rules } from './rules.ts'

/** Ten times the reference's piece, more than twice the 4 MiB at which most gRPC runtimes stop by default (RES-203). */
const LARGE_BYTES = 10 * 1024 * 1024

/** The period of the bytes of `conformance/bytes` (fixtures/script.schema.json). */
const PERIOD = 251

/** Fetches bodies whose every byte is known. */
export const bodies = defineCase({
  id: 'resource/known-bodies',
  heavy: true,
  title: 'fetches 10 MiB, and a body in three pieces',
  judges: [rules['body-complete']],
  needs: [needs.scripted],
  process: 'shared',
  variants: ['10-mib', 'three-pieces'],
  async run(t) {
    const large = t.variant === '10-mib'
    const path = large ? `conformance/bytes/${LARGE_BYTES}` : 'conformance/chunks/3/1'
    const expected = large
      ? Buffer.alloc(
          LARGE_BYTES,
          Uint8Array.from({ length: PERIOD }, (_, index) => index),
        )
      : Buffer.from('chunk 0\nchunk 1\nchunk 2\n')
    const messages = t.answered(
      await t.plugin.resource.callResource(resourceCall(t, { method: 'GET', path })).all(),
    )
    const body = joinedBody(messages)
    t.note('messages', String(messages.length))
    const rule = t.rule(rules['body-complete'])
    if (body.equals(expected)) rule.upheld()
    else rule.broken(fingerprint(expected), fingerprint(body))
  },
})

/** Waits for the first of two pieces while the second is long from ready. */
export const slowPieces = defineCase({
  id: 'resource/slow-pieces',
  title: 'waits for the first piece of a body whose second takes twice as long as the host waits',
  judges: [rules['pieces-sent-when-ready']],
  needs: [needs.scripted],
  process: 'shared',
  async run(t) {
    const wait = t.budgets.firstPacket
    const path = `conformance/chunks/2/${2 * wait}`
    await using stream = t.plugin.resource.callResource(resourceCall(t, { method: 'GET', path }))
    const first = await firstPiece(stream, wait)
    const rule = t.rule(rules['pieces-sent-when-ready'])
    if (first.kind === 'piece') return rule.upheld()
    if (first.kind === 'silence')
      return rule.broken(`the first piece at once, the second ${2 * wait} ms later`, `nothing in ${wait} ms`)
    t.answered(first.result)
    return rule.broken('a first piece', describeResult(first.result))
  },
})

/** Skips messages without a body, such as one that brings only the status. */
async function firstPiece(stream: PacketStream<CallResourceResponse>, ms: number) {
  for (;;) {
    const next = await stream.next(ms)
    if (next.kind !== 'packet') return next
    if (next.message.body.length > 0) return { kind: 'piece' } as const
  }
}

function fingerprint(body: Buffer): string {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
  return `${body.length} bytes with SHA-256 ${hash}…`
}
