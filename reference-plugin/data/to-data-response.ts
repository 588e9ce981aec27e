import { create } from '@bufbuild/protobuf'

import { DataFrameFormat, DataResponseSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { DataResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { Call } from '../call.ts'
import type { Answer } from './answer.ts'

/** The status of every query that worked. 0 would be read as 500 (DATA-301). */
const OK_STATUS = 200

/** One entry of the response: encoded frames, their true format, an explicit status, and a source for every error. */
export function toDataResponse(
  answer: Answer,
  format: DataFrameFormat,
  _refId: string,
  call: Call,
): DataResponse {
  const spoken = spokenFormat(format)
  const frames = answer.frames.map((frame) => call.behaviour.data.encodeFrame(frame, spoken, call))
  if (answer.kind === 'frames') {
    return create(DataResponseSchema, { frames, format: spoken, status: OK_STATUS })
  }
  return create(DataResponseSchema, {
    frames,
    format: spoken,
    error: answer.message,
    status: answer.status,
    errorSource: answer.source,
  })
}

/** The format that the plugin really answers in: the requested one, or Arrow where it doesn't know that (DATA-207). */
export function spokenFormat(requested: DataFrameFormat): DataFrameFormat {
  return requested === DataFrameFormat.JSON ? DataFrameFormat.JSON : DataFrameFormat.ARROW
}
