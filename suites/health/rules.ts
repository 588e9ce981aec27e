import { defineRules } from '../kernel/rule.ts'

/** CheckHealth. */
export const rules = defineRules('health', {})
