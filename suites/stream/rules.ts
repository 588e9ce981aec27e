import { defineRules } from '../kernel/rule.ts'

/** SubscribeStream, RunStream and PublishStream. */
export const rules = defineRules('stream', {})
