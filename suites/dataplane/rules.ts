import { defineRules } from '../kernel/rule.ts'
import { logRules } from './rules/logs.ts'
import { numericRules } from './rules/numeric.ts'
import { otherRules } from './rules/other-types.ts'
import { setRules } from './rules/sets.ts'
import { timeSeriesRules } from './rules/time-series.ts'
import { typeRules } from './rules/types.ts'

/** Data frames that declare what they are (frames.md section 5). */
export const rules = defineRules('dataplane', {
  ...typeRules,
  ...setRules,
  ...timeSeriesRules,
  ...numericRules,
  ...logRules,
  ...otherRules,
})
