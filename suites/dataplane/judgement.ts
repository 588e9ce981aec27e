import type { Frame } from '../../host/frames/frame.ts'
import type { Rule } from '../kernel/rule.ts'

/** One place where a response does not have the shape that it declares. */
export interface PlaneFinding {
  /** Position of the frame in its response. */
  readonly frame: number
  /** `meta.type`, or a field. */
  readonly where: string
  readonly expected: string
  readonly found: string
}

/** How one rule about the shape of a response is judged; a function of nothing but decoded frames. */
export interface PlaneJudgement {
  readonly rule: Rule
  /** What has to be seen: completes "a query that is answered with …". */
  readonly about: string
  /** What is wrong; an empty list when all is well, undefined when the response has nothing that the rule is about. */
  readonly judge: (frames: readonly Frame[]) => readonly PlaneFinding[] | undefined
}
