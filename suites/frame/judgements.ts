import type { FrameFinding } from '../../host/frames/finding.ts'
import type { Judgement } from './judgement.ts'
import { columnJudgements } from './judgements/columns.ts'
import { containerJudgements } from './judgements/container.ts'
import { jsonJudgements } from './judgements/json.ts'
import { metadataJudgements } from './judgements/metadata.ts'

/** How every rule that needs nothing but frames is judged. */
export const judgements: readonly Judgement[] = [
  ...containerJudgements,
  ...columnJudgements,
  ...metadataJudgements,
  ...jsonJudgements,
]

/** The judgement that a finding belongs to; undefined is a mistake of ours. */
export function judgementOf(finding: FrameFinding): Judgement | undefined {
  return judgements.find(({ faults = [], advice = [] }) =>
    (finding.advice === true ? advice : faults).includes(finding.spec),
  )
}
