import { defineRules } from '../kernel/rule.ts'

/** QueryChunkedData. */
export const rules = defineRules('chunked', {})
