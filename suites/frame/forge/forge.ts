import type { ArrowFile } from '../../../host/frames/arrow-file.ts'
import { encodeArrowFile } from '../../../host/frames/arrow-file.ts'
import type { Frame } from '../../../host/frames/frame.ts'
import { describeArrowFile } from '../../../host/frames/write-arrow.ts'
import { DataFrameFormat } from '../../../proto/gen/grafana/backend_pb.js'
import type { Behaviour } from '../../../reference-plugin/behaviour.ts'

/** Changes a correct plugin into one that writes certain frames wrongly. */
export type Mutate = (base: Behaviour) => Behaviour

/** Changes the bytes of frames with this name, in one format. */
export function forgeBytes(
  name: string,
  format: DataFrameFormat,
  change: (bytes: Uint8Array, frame: Frame) => Uint8Array,
): Mutate {
  return (base) => ({
    ...base,
    data: {
      ...base.data,
      encodeFrame(frame, spoken, call) {
        const bytes = base.data.encodeFrame(frame, spoken, call)
        return frame.name === name && spoken === format ? change(bytes, frame) : bytes
      },
    },
  })
}

/** Changes the Arrow bytes of frames with this name. */
export function forgeArrowBytes(name: string, change: (bytes: Uint8Array) => Uint8Array): Mutate {
  return forgeBytes(name, DataFrameFormat.ARROW, change)
}

/** Changes, in terms of Arrow, what is written for frames with this name. */
export function forgeArrow(name: string, change: (file: ArrowFile) => ArrowFile): Mutate {
  return forgeBytes(name, DataFrameFormat.ARROW, (_, frame) =>
    encodeArrowFile(change(describeArrowFile(frame))),
  )
}

/** Changes the JSON text of frames with this name. */
export function forgeJson(name: string, change: (text: string) => string): Mutate {
  return forgeBytes(name, DataFrameFormat.JSON, (bytes) =>
    new TextEncoder().encode(change(new TextDecoder().decode(bytes))),
  )
}

/** Changes the content of frames with this name before they are written in either format. */
export function forgeFrame(name: string, change: (frame: Frame) => Frame): Mutate {
  return (base) => ({
    ...base,
    data: {
      ...base.data,
      encodeFrame: (frame, format, call) =>
        base.data.encodeFrame(frame.name === name ? change(frame) : frame, format, call),
    },
  })
}
