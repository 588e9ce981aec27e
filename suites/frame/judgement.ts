import type { Frame } from '../../host/frames/frame.ts'
import type { Rule } from '../kernel/rule.ts'
import type { SeenFrame } from './seen-frame.ts'

/** A rule, the findings that break it, and the frames that uphold it when there are none. */
export interface Judgement {
  readonly rule: Rule
  /** Spec ids of findings that are no advice. */
  readonly faults?: readonly string[]
  /** Spec ids of findings that are advice. */
  readonly advice?: readonly string[]
  /** What has to be seen: completes "a frame …". */
  readonly about: string
  /** Whether a good frame shows that the plugin keeps the rule, and not only that it never came near it. */
  relevant(frame: Frame, format: SeenFrame['format']): boolean
}
