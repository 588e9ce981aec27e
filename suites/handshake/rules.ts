import { defineRules } from '../kernel/rule.ts'

/** The handshake line and what stands behind it. */
export const rules = defineRules('handshake', {})
