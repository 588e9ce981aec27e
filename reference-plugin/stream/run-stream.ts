import { setTimeout as delay } from 'node:timers/promises'

import { create } from '@bufbuild/protobuf'
import { status } from '@grpc/grpc-js'

import { DataFrameFormat, StreamPacketSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { RunStreamRequest, StreamPacket } from '../../proto/gen/grafana/backend_pb.js'
import type { Call } from '../call.ts'
import { dataOnly } from '../data/data-only.ts'
import { RpcError } from '../rpc-error.ts'
import type { StreamScript } from '../script/stream.ts'
import { untilAborted } from '../until-aborted.ts'
import { findChannel } from './channel.ts'
import { tickFrame } from './tick-frame.ts'

/** An endless stream of frames, whose schema stands in the first packet. */
const TICK: Omit<StreamScript, 'intervalMs'> = {
  packets: [],
  frames: Number.POSITIVE_INFINITY,
  end: 'hold',
  initial: 'schema',
}

/** Sends packets until the host cancels; a stream that has nothing more to say stays open (STREAM-206). */
export async function* runStream(request: RunStreamRequest, call: Call): AsyncGenerator<StreamPacket> {
  const channel = findChannel(request.path, request.data)
  if (channel.kind === 'unknown') throw new RpcError(status.NOT_FOUND, 'there is no such stream')
  const plan = channel.kind === 'tick' ? { ...TICK, intervalMs: channel.intervalMs } : channel.script

  let first = true
  for (const data of documents(plan, call)) {
    if (!first) await delay(plan.intervalMs, undefined, { signal: call.signal })
    first = false
    yield create(StreamPacketSchema, { data: data() })
  }
  if (plan.end === 'hold') await untilAborted(call.signal)
  if (plan.end === 'error') throw new RpcError(status.INTERNAL, 'the script asked for an error')
}

/** What to send, one JSON document each (STREAM-301), made only when it is due. */
function* documents(plan: StreamScript, call: Call): Generator<() => Uint8Array> {
  for (const packet of plan.packets) yield () => Buffer.from(JSON.stringify(packet))
  for (let number = 0; number < plan.frames; number += 1) {
    yield () => {
      const frame = tickFrame([BigInt(Date.now()) * 1_000_000n])
      const bytes = call.behaviour.data.encodeFrame(frame, DataFrameFormat.JSON, call)
      // Without initial data nobody who joins late would know the fields, unless every packet names them.
      return number === 0 || plan.initial === 'none' ? bytes : dataOnly(bytes)
    }
  }
}
