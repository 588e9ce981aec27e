import { defineRules } from '../kernel/rule.ts'

/** ValidateAdmission and MutateAdmission. */
export const rules = defineRules('admission', {})
