import { defineRules } from '../kernel/rule.ts'

/** ConvertObjects. */
export const rules = defineRules('conversion', {})
