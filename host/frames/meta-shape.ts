import { statShape } from './config-shape.ts'
import type { Shape } from './json-shape.ts'
import {
  arrayOf,
  describeJson,
  integer,
  isInteger,
  matching,
  objectWith,
  strictly,
  string,
} from './json-shape.ts'
import { isArray } from './json-text.ts'

const MAX_INT64 = 2n ** 63n - 1n
const MAX_UINT64 = 2n ** 64n - 1n

const severity = strictly('META-011', 'info, warning or error', (value) =>
  ['info', 'warning', 'error'].some((name) => name === value),
)

/** The host fills a short list with zeros and drops what is behind the second member. */
const typeVersion: Shape = (value, where, findings) => {
  if (value === null) return
  const valid =
    isArray(value) && value.slice(0, 2).every((part) => part === null || isInteger(part, 0, MAX_UINT64))
  if (valid) return
  const found = isArray(value) ? `[${value.map(describeJson).join(', ')}]` : describeJson(value)
  findings.refuse('META-010', where, 'two non-negative integer literals, for example [0,1]', found)
}

/** A frame's `meta`, as sdk-go:data/frame_meta.go decodes it (META-005, 010, 011, 012). */
export const metaShape: Shape = objectWith({
  type: string(),
  typeVersion,
  path: string(),
  pathSeparator: string(),
  stats: arrayOf(statShape),
  notices: arrayOf(
    objectWith({
      severity,
      text: string(),
      link: string(),
      inspect: matching('META-012', 'no key, or an integer', (value) =>
        isInteger(value, -MAX_INT64 - 1n, MAX_INT64),
      ),
    }),
  ),
  channel: string(),
  preferredVisualisationType: string(),
  preferredVisualisationPluginId: string(),
  executedQueryString: string(),
  dataTopic: string(),
  uniqueRowIdFields: arrayOf(integer('META-005', -MAX_INT64 - 1n, MAX_INT64)),
})
