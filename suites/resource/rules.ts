import { defineRules } from '../kernel/rule.ts'

/** CallResource. */
export const rules = defineRules('resource', {})
