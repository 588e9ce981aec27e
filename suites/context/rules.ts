import { defineRules } from '../kernel/rule.ts'

/** Contexts, settings, headers and metadata. */
export const rules = defineRules('context', {})
