import { create } from '@bufbuild/protobuf'

import {
  PublishStreamResponseSchema,
  PublishStreamResponse_Status,
} from '../../proto/gen/grafana/backend_pb.js'
import type { PublishStreamRequest, PublishStreamResponse } from '../../proto/gen/grafana/backend_pb.js'
import { parseJson } from '../json.ts'

const { OK, PERMISSION_DENIED } = PublishStreamResponse_Status

/** Every channel is read-only but one, which passes on unchanged what it gets (STREAM-402 to STREAM-405). */
export async function publishStream(request: PublishStreamRequest): Promise<PublishStreamResponse> {
  const isJson = request.data.length === 0 || parseJson(request.data).kind === 'json'
  if (request.path !== 'conformance/publish' || !isJson) {
    return create(PublishStreamResponseSchema, { status: PERMISSION_DENIED })
  }
  return create(PublishStreamResponseSchema, { status: OK, data: request.data })
}
