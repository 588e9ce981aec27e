import { defineRules } from '../kernel/rule.ts'

/** The files of a plugin before anything runs. */
export const rules = defineRules('manifest', {})
