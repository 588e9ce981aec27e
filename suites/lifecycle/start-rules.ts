import { defineRules } from '../kernel/rule.ts'

/** The start: environment, files around it, address. */
export const rules = defineRules('lifecycle', {})
