import type { FrameFinding } from '../../host/frames/finding.ts'
import type { Frame } from '../../host/frames/frame.ts'

/** One frame of an answer, read as Grafana reads it. */
export interface SeenFrame {
  readonly format: 'arrow' | 'json'
  /** Undefined when Grafana could not decode it. */
  readonly frame: Frame | undefined
  readonly findings: readonly FrameFinding[]
  /** False when Grafana reads the values and this host does not, because they are compressed or too many. */
  readonly decoded: boolean
}

/** The frames of one query's answer, or one piece of it. */
export interface SeenAnswer {
  readonly refId: string
  /** The time range that was asked for, in milliseconds; undefined when nobody asked for this refId. */
  readonly range: { readonly from: number; readonly to: number } | undefined
  /** False for one message of a chunked answer: what it lacks may stand in another. */
  readonly whole: boolean
  readonly frames: readonly SeenFrame[]
}

/** What is wrong with one frame, judged by looking at the whole answer. */
export interface SeenFinding extends FrameFinding {
  /** Position of the frame in its answer. */
  readonly frame: number
}
