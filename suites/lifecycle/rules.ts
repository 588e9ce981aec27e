import { defineRules } from '../kernel/rule.ts'

/** The process: environment, connections, crash, end. */
export const rules = defineRules('lifecycle', {})
