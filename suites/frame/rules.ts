import { defineRules } from '../kernel/rule.ts'
import { columnRules } from './rules/columns.ts'
import { containerRules } from './rules/container.ts'
import { jsonRules } from './rules/json.ts'
import { metadataRules } from './rules/metadata.ts'

/** Data frames (frames.md sections 1 to 4). */
export const rules = defineRules('frame', {
  ...containerRules,
  ...columnRules,
  ...metadataRules,
  ...jsonRules,
})
