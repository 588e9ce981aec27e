import type { Frame } from '../../host/frames/frame.ts'
import { writeArrowFrame } from '../../host/frames/write-arrow.ts'
import { writeJsonFrame } from '../../host/frames/write-json.ts'
import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'

/** One complete Arrow file (DATA-209) or one JSON object on one line (DATA-210, CHUNK-109). */
export function encodeFrame(frame: Frame, format: DataFrameFormat): Uint8Array {
  if (format === DataFrameFormat.JSON) return Buffer.from(writeJsonFrame(frame))
  return writeArrowFrame(frame)
}
