import { defineRules } from '../kernel/rule.ts'

/** Statuses, malformed input and survival. */
export const rules = defineRules('errors', {})
