import { edgeValues } from './edge-values.ts'
import { failureCases } from './failures.ts'
import { formatCases } from './formats.ts'
import { modelCases } from './query-models.ts'
import { refIdCases } from './refids.ts'
import { expectationCases } from './expectations.ts'

/** Conversations about QueryData. */
export const cases = [
  ...refIdCases,
  ...modelCases,
  ...failureCases,
  ...expectationCases,
  ...formatCases,
  edgeValues,
] as const
