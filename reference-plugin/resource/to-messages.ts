import { create } from '@bufbuild/protobuf'

import { CallResourceResponseSchema, StringListSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { CallResourceResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { ResourceAnswer } from './answer.ts'

/** A message is held in memory several times on its way, so large bodies go in pieces (RES-214). */
const MAX_PIECE_BYTES = 1024 * 1024

/** Status and headers once, in the first message, even when there is no body at all (RES-201, RES-202). */
export async function* toMessages(answer: ResourceAnswer): AsyncGenerator<CallResourceResponse> {
  let first = true
  for await (const body of pieces(answer.body)) {
    yield first ? head(answer, body) : create(CallResourceResponseSchema, { body })
    first = false
  }
  if (first) yield head(answer, new Uint8Array())
}

function head(answer: ResourceAnswer, body: Uint8Array): CallResourceResponse {
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, values]) => [
      name,
      create(StringListSchema, { values: [...values] }),
    ]),
  )
  return create(CallResourceResponseSchema, { code: answer.status, headers, body })
}

async function* pieces(body: ResourceAnswer['body']): AsyncGenerator<Uint8Array> {
  if (!(body instanceof Uint8Array)) {
    yield* body
    return
  }
  for (let start = 0; start < body.length; start += MAX_PIECE_BYTES) {
    yield body.subarray(start, start + MAX_PIECE_BYTES)
  }
}
