import type { Frame } from '../../host/frames/frame.ts'

/** Who is to blame for a failed query (DATA-304). */
export type ErrorSource = 'plugin' | 'downstream'

/** What one query comes to, before anything is encoded. */
export type Answer = FramesAnswer | FailedAnswer

/** A query that worked, possibly with nothing found (DATA-205). */
export interface FramesAnswer {
  readonly kind: 'frames'
  readonly frames: readonly Frame[]
}

/** A query that failed, while the others of the same request go on (DATA-204). */
export interface FailedAnswer {
  readonly kind: 'failed'
  /** Shown to the user as it stands: no secrets, no stack trace (DATA-303). */
  readonly message: string
  /** HTTP-like, 400–599 (DATA-301). */
  readonly status: number
  readonly source: ErrorSource
  /** Usually one frame without fields, which carries the executed query (META-016, PLANE-009). */
  readonly frames: readonly Frame[]
}
