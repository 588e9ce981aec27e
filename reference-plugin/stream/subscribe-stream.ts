import { create } from '@bufbuild/protobuf'

import {
  DataFrameFormat,
  SubscribeStreamResponseSchema,
  SubscribeStreamResponse_Status,
} from '../../proto/gen/grafana/backend_pb.js'
import type { SubscribeStreamRequest, SubscribeStreamResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { Call } from '../call.ts'
import { findChannel } from './channel.ts'
import { tickFrame } from './tick-frame.ts'

const { OK, NOT_FOUND } = SubscribeStreamResponse_Status

/** Decides and does nothing else (STREAM-107). The schema is initial data, so that those who join late have it too (STREAM-303). */
export async function subscribeStream(
  request: SubscribeStreamRequest,
  call: Call,
): Promise<SubscribeStreamResponse> {
  const channel = findChannel(request.path, request.data)
  if (channel.kind === 'unknown') return create(SubscribeStreamResponseSchema, { status: NOT_FOUND })
  if (channel.kind === 'scripted' && channel.script.initial === 'none') {
    return create(SubscribeStreamResponseSchema, { status: OK })
  }
  const data = call.behaviour.data.encodeFrame(tickFrame([]), DataFrameFormat.JSON, call)
  return create(SubscribeStreamResponseSchema, { status: OK, data })
}
