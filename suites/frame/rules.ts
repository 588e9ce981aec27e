import { defineRules } from '../kernel/rule.ts'

/** Data frames. */
export const rules = defineRules('frame', {})
