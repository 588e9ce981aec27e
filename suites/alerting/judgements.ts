import type { AlertJudgement } from './judgement.ts'
import { answerJudgements } from './judgements/answers.ts'
import { seriesJudgements } from './judgements/series.ts'

/** How every rule is judged that needs nothing but the frames of one answer to an alert rule. */
export const judgements: readonly AlertJudgement[] = [...answerJudgements, ...seriesJudgements]
