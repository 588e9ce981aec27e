import type { Shape } from './json-shape.ts'
import {
  anyObject,
  arrayOf,
  boolean,
  describeJson,
  integer,
  mapOf,
  matching,
  number,
  objectWith,
  string,
} from './json-shape.ts'
import { isObject, numberSource } from './json-text.ts'
import type { JsonValue } from './json-text.ts'

const MAX_INT64 = 2n ** 63n - 1n

const mappingResult = objectWith(
  {
    text: string('META-035'),
    color: string('META-035'),
    index: integer('META-035', -MAX_INT64 - 1n, MAX_INT64),
  },
  'META-035',
)

const mappingOptions = new Map<JsonValue | undefined, Shape>([
  ['value', mapOf(mappingResult, 'META-035')],
  [
    'range',
    objectWith({ from: number('META-035'), to: number('META-035'), result: mappingResult }, 'META-035'),
  ],
  ['special', objectWith({ match: string('META-035'), result: mappingResult }, 'META-035')],
])

/** One value mapping; its keys are matched exactly, unlike all others (`ValueMappings.UnmarshalJSON`). */
const mapping: Shape = (value, where, findings) => {
  const type = isObject(value) ? lookUp(value, 'type') : undefined
  const shape = mappingOptions.get(type)
  if (shape === undefined) {
    const found = type === undefined ? describeJson(value) : describeJson(type)
    findings.refuse('META-035', `${where}.type`, 'value, range or special', found)
    return
  }
  const options = isObject(value) ? lookUp(value, 'options') : undefined
  if (options === undefined) {
    findings.refuse('META-035', `${where}.options`, 'the options of the mapping', 'nothing')
    return
  }
  shape(options, `${where}.options`, findings)
}

/** One threshold step; the only object of the protocol in which an unknown key is refused. */
const step: Shape = (value, where, findings) => {
  if (value === null) return
  if (!isObject(value)) return findings.refuse('META-036', where, 'an object', describeJson(value))
  for (const [key, entry] of value.entries) {
    if (key === 'color' || key === 'state') string('META-036')(entry, `${where}.${key}`, findings)
    else if (key !== 'value')
      findings.refuse('META-036', where, 'only the keys value, color, state', `the key ${key}`)
  }
}

/** Go reads RFC 3339 strictly: `time.Time.UnmarshalJSON`. */
const instant = matching(
  'META-039',
  'an RFC 3339 time',
  (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/u.test(value) &&
    !Number.isNaN(Date.parse(value)),
)

const internalLink = objectWith({
  datasourceUid: string(),
  datasourceName: string(),
  transformations: arrayOf(
    objectWith({ type: string(), field: string(), expression: string(), mapValue: string() }),
  ),
  timeRange: objectWith({ from: instant, to: instant }),
})

const limit = matching('META-033', 'a number or null', (value) =>
  Number.isFinite(Number(numberSource(value) ?? 'NaN')),
)
const texts = arrayOf(string('META-034'), 'META-034')

const configKeys = {
  displayName: string(),
  displayNameFromDS: string(),
  path: string(),
  description: string(),
  filterable: boolean('META-034'),
  writeable: boolean('META-034'),
  unit: string(),
  decimals: integer('META-032', 0, 65_535),
  min: limit,
  max: limit,
  interval: number(),
  mappings: arrayOf(mapping, 'META-035'),
  thresholds: objectWith({ mode: string(), steps: arrayOf(step) }),
  color: anyObject('META-034'),
  links: arrayOf(
    objectWith({ title: string(), targetBlank: boolean(), url: string(), internal: internalLink }),
  ),
  noValue: string(),
  type: objectWith({ enum: objectWith({ text: texts, color: texts, icon: texts, description: texts }) }),
  custom: anyObject('META-034'),
}

/** A field's `config`, as sdk-go:data/field_config.go decodes it (META-032 to 036, 039). */
export const configShape: Shape = objectWith(configKeys)

/** A member of `meta.stats`: a field config with a number (sdk-go:data/frame_meta.go, `QueryStat`). */
export const statShape: Shape = objectWith({ ...configKeys, value: number() })

/** A field's `labels`: an object of strings (META-030). */
export const labelsShape: Shape = mapOf(
  matching('META-030', 'a string', (value) => typeof value === 'string'),
  'META-030',
)

function lookUp(value: JsonValue, key: string): JsonValue | undefined {
  return isObject(value) ? value.entries.findLast(([name]) => name === key)?.[1] : undefined
}
