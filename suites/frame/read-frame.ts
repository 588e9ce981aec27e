import { readArrowFrame } from '../../host/frames/read-arrow.ts'
import type { FrameReading } from '../../host/frames/read-arrow.ts'
import { readJsonFrame } from '../../host/frames/read-json.ts'
import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'
import { formatFault } from './frame-format.ts'
import type { SeenFrame } from './seen-frame.ts'

/** Reads one entry of `DataResponse.frames` by the format that the response names (DATA-207). */
export function readFrame(bytes: Uint8Array, format: DataFrameFormat): SeenFrame {
  const json = format === DataFrameFormat.JSON
  const fault = formatFault(format, [bytes])
  if (fault === undefined)
    return { format: json ? 'json' : 'arrow', ...seen(json ? readJsonFrame(bytes) : readArrowFrame(bytes)) }
  const { expected, actual } = fault
  const finding = { spec: 'FRAME-017', where: 'the format', expected, found: actual }
  return { format: json ? 'json' : 'arrow', frame: undefined, findings: [finding], decoded: false }
}

function seen({ frame, findings, undecoded }: FrameReading): Omit<SeenFrame, 'format'> {
  return { frame, findings, decoded: undecoded === undefined }
}
