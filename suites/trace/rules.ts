import { defineRules } from '../kernel/rule.ts'

/** Trace context. */
export const rules = defineRules('trace', {})
