import type { Frame } from '../../host/frames/frame.ts'
import { readArrowFrame } from '../../host/frames/read-arrow.ts'
import { readJsonFrame } from '../../host/frames/read-json.ts'
import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'
import type { DataResponse } from '../../proto/gen/grafana/backend_pb.js'

/**
 * The frame in these bytes with its values; undefined when they can not be read.
 *
 * Whether a Grafana host could is judged by the rules of `frame/`. It reads compressed frames, which this host does not
 * (FRAME-011): such a frame is undefined too, rather than a frame without rows.
 */
export function readFrame(bytes: Uint8Array, format: DataFrameFormat): Frame | undefined {
  const reading = format === DataFrameFormat.JSON ? readJsonFrame(bytes) : readArrowFrame(bytes)
  return reading.undecoded === undefined ? reading.frame : undefined
}

/** All frames of a response, or undefined when one of them can not be read. */
export function readFrames(response: DataResponse): readonly Frame[] | undefined {
  const frames = response.frames.map((bytes) => readFrame(bytes, response.format))
  return frames.every((frame) => frame !== undefined) ? frames : undefined
}

/** Whether there is at least one row; what can not be read counts as something. */
export function hasRows(response: DataResponse): boolean {
  const frames = readFrames(response)
  return frames === undefined || frames.some((frame) => frame.fields.some(({ values }) => values.length > 0))
}
