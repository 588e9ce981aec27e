import { readArrowFrame } from '../../host/frames/read-arrow.ts'
import type { FrameReading } from '../../host/frames/read-arrow.ts'
import { readJsonFrame } from '../../host/frames/read-json.ts'
import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'
import type { SeenFrame } from './seen-frame.ts'

/** Reads one entry of `DataResponse.frames` by the format that the response names (DATA-207). */
export function readFrame(bytes: Uint8Array, format: DataFrameFormat): SeenFrame {
  switch (format) {
    case DataFrameFormat.ARROW:
      return { format: 'arrow', ...seen(readArrowFrame(bytes)) }
    case DataFrameFormat.JSON:
      return { format: 'json', ...seen(readJsonFrame(bytes)) }
    default:
      return unknownFormat(format)
  }
}

function seen({ frame, findings, undecoded }: FrameReading): Omit<SeenFrame, 'format'> {
  return { frame, findings, decoded: undecoded === undefined }
}

/** Protobuf hands out numbers that the enum does not know. */
function unknownFormat(format: never): SeenFrame {
  const finding = {
    spec: 'FRAME-017',
    where: 'format',
    expected: '0 (ARROW) or 1 (JSON)',
    found: String(format),
  }
  return { format: 'arrow', frame: undefined, findings: [finding], decoded: false }
}
