import { defineRules } from '../kernel/rule.ts'

/** CollectMetrics. */
export const rules = defineRules('metrics', {})
