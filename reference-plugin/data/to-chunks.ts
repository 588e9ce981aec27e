import { create } from '@bufbuild/protobuf'

import type { Field, Frame } from '../../host/frames/frame.ts'
import { DataFrameFormat, QueryChunkedDataResponseSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { QueryChunkedDataResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { Call } from '../call.ts'
import type { Answer } from './answer.ts'
import { dataOnly } from './data-only.ts'
import { spokenFormat } from './to-data-response.ts'

/** Rows of one piece: small enough that memory stays bounded, large enough that pieces are few. */
const ROWS_PER_CHUNK = 100

/** Frame by frame, piece by piece, then the error if there is one (CHUNK-104 to CHUNK-111). */
export function* toChunks(
  answer: Answer,
  format: DataFrameFormat,
  refId: string,
  call: Call,
): Generator<QueryChunkedDataResponse> {
  const spoken = spokenFormat(format)
  for (const [index, frame] of answer.frames.entries()) {
    for (const [number, rows] of [...slices(frame)].entries()) {
      const bytes = call.behaviour.data.encodeFrame(rows, spoken, call)
      // The schema comes with the first piece only; an Arrow file is always complete (CHUNK-105, CHUNK-106).
      const piece = number > 0 && spoken === DataFrameFormat.JSON ? dataOnly(bytes) : bytes
      yield create(QueryChunkedDataResponseSchema, {
        refId,
        frameId: String(index),
        frame: piece,
        format: spoken,
        status: 200,
      })
    }
  }
  if (answer.kind === 'failed') {
    yield create(QueryChunkedDataResponseSchema, {
      refId,
      error: answer.message,
      status: answer.status,
      errorSource: answer.source,
      format: spoken,
    })
  }
}

/** The frame in pieces of some rows; one piece, if there are no rows at all. */
function* slices(frame: Frame): Generator<Frame> {
  const rows = frame.fields[0]?.values.length ?? 0
  let start = 0
  do {
    const end = start + ROWS_PER_CHUNK
    const fields = frame.fields.map((field): Field => ({ ...field, values: field.values.slice(start, end) }))
    yield { ...frame, fields }
    start = end
  } while (start < rows)
}
