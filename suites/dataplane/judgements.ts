import type { PlaneJudgement } from './judgement.ts'
import { logJudgements } from './judgements/logs.ts'
import { numericJudgements } from './judgements/numeric.ts'
import { otherJudgements } from './judgements/other-types.ts'
import { setJudgements } from './judgements/sets.ts'
import { timeSeriesJudgements } from './judgements/time-series.ts'
import { typeJudgements } from './judgements/types.ts'

/** How every rule is judged that needs nothing but the frames of one response. */
export const judgements: readonly PlaneJudgement[] = [
  ...typeJudgements,
  ...setJudgements,
  ...timeSeriesJudgements,
  ...numericJudgements,
  ...logJudgements,
  ...otherJudgements,
]
