import type { Frame } from '../../host/frames/frame.ts'
import type { Rule } from '../kernel/rule.ts'

/** What an answer lacks to be evaluated. */
export interface AlertFinding {
  readonly expected: string
  /** With the text that the alert rule or expression shows, where there is one. */
  readonly found: string
}

/** How one rule about answers to alert rules is judged; a function of nothing but decoded frames. */
export interface AlertJudgement {
  readonly rule: Rule
  /** What has to be seen: completes "a query that is answered with …". */
  readonly about: string
  /** What is wrong; an empty list when all is well, undefined when the answer has nothing that the rule is about. */
  readonly judge: (frames: readonly Frame[]) => readonly AlertFinding[] | undefined
}
