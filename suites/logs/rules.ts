import { defineRules } from '../kernel/rule.ts'

/** stdout and stderr. */
export const rules = defineRules('logs', {})
