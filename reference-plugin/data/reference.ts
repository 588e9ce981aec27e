import type { DataBehaviour } from '../behaviour.ts'
import { answerQuery } from './answer-query.ts'
import { encodeFrame } from './encode-frame.ts'
import { queryChunkedData } from './query-chunked-data.ts'
import { queryData } from './query-data.ts'
import { toChunks } from './to-chunks.ts'
import { toDataResponse } from './to-data-response.ts'

/** Every refId answered, every error in band, every format named truthfully. */
export const referenceData: DataBehaviour = {
  queryData,
  answerQuery,
  toDataResponse,
  encodeFrame,
  queryChunkedData,
  toChunks,
}
