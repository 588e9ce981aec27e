import { defineRules } from '../kernel/rule.ts'

/** The running process: connections, crash, end. */
export const rules = defineRules('lifecycle', {})
