import { goAny, goHtmlText, goMap, goVerb } from './go-json.ts'
import type { Members, MetadataHabits, Write } from './go-struct.ts'
import {
  always,
  any,
  anyMap,
  asRecord,
  flag,
  float,
  inline,
  integer,
  limit,
  list,
  optionalFlag,
  optionalInteger,
  pointer,
  presentList,
  text,
  writeStruct,
} from './go-struct.ts'

/** The keys of `meta` that the host knows; it drops all others (META-006). */
export function metaKeys(): readonly string[] {
  return metaMembers.map(([key]) => key)
}

/** The keys of `config` that the host knows; it drops all others (META-006). */
export function configKeys(): readonly string[] {
  return configMembers.map(([key]) => key)
}

/** Writes a frame's `meta` as the host sends it to a browser: known keys only, in the order of `FrameMeta` (META-006). */
export function grafanaMeta(meta: Readonly<Record<string, unknown>>, habits: MetadataHabits): string {
  return writeStruct(meta, metaMembers, habits)
}

/** Writes a field's `config` as the host sends it to a browser: known keys only, in the order of `FieldConfig` (META-006). */
export function grafanaConfig(config: Readonly<Record<string, unknown>>, habits: MetadataHabits): string {
  return writeStruct(config, configMembers, habits)
}

const anyText = always(text, '""')

const typeVersion: Write = (version) => {
  const [major, minor] = Array.isArray(version) ? version.map(Number) : []
  return `[${major ?? 0},${minor ?? 0}]`
}

/** A notice without severity is one of information. */
const severity: Write = (name, { infoSeverity }) => {
  const known = typeof name === 'string' && name !== '' ? name : 'info'
  return known === 'info' && infoSeverity === 'left-out' ? undefined : goHtmlText(known)
}

const threshold: Write = (step, { openThreshold }) => {
  if (typeof step === 'number') return goVerb(step)
  return openThreshold === 'zero' ? '0' : 'null'
}

const mappingResult = inline(() => [
  ['text', text],
  ['color', text],
  ['index', integer],
])

const mappingOptions: Readonly<Record<string, Write>> = {
  value: (options, habits) =>
    goMap(
      Object.entries(asRecord(options) ?? {}).map(([key, one]) => [key, mappingResult(one, habits) ?? '{}']),
    ),
  range: inline(() => [
    ['from', limit],
    ['to', limit],
    ['result', mappingResult],
  ]),
  special: inline(() => [
    ['match', anyText],
    ['result', mappingResult],
  ]),
}

const mapping: Write = (one, habits) => {
  const { type, options } = asRecord(one) ?? {}
  const write = typeof type === 'string' ? mappingOptions[type] : undefined
  return `{"type":${goAny(type)},"options":${write?.(options, habits) ?? 'null'}}`
}

/** `time.Time` has no empty value that `omitempty` would leave out. */
const instant: Write = (time) => {
  const given = typeof time === 'string' ? time : '0001-01-01T00:00:00Z'
  return goHtmlText(
    given
      .replace(/\.(\d*?)0*(?=Z|[+-])/u, (_, digits: string) => (digits === '' ? '' : `.${digits}`))
      .replace(/[+-]00:00$/u, 'Z'),
  )
}

const internalLink = pointer(() => [
  ['query', any],
  ['datasourceUid', text],
  ['datasourceName', text],
  ['panelsState', any],
  [
    'transformations',
    presentList(
      inline(() => [
        ['type', text],
        ['field', text],
        ['expression', text],
        ['mapValue', text],
      ]),
    ),
  ],
  [
    'timeRange',
    pointer(() => [
      ['from', instant],
      ['to', instant],
    ]),
  ],
])

const enumConfig = pointer(() => [
  ['text', always(presentList(anyText), 'null')],
  ['color', list(anyText)],
  ['icon', list(anyText)],
  ['description', list(anyText)],
])

/** sdk-go:data/field_config.go, `FieldConfig`. */
const configMembers: Members = [
  ['displayName', text],
  ['displayNameFromDS', text],
  ['path', text],
  ['description', text],
  ['filterable', optionalFlag],
  ['writeable', optionalFlag],
  ['unit', text],
  ['decimals', optionalInteger],
  ['min', limit],
  ['max', limit],
  ['interval', float],
  ['mappings', list(mapping)],
  [
    'thresholds',
    pointer(() => [
      ['mode', anyText],
      [
        'steps',
        always(
          presentList(
            inline(() => [
              ['value', threshold],
              ['color', text],
              ['state', text],
            ]),
          ),
          'null',
        ),
      ],
    ]),
  ],
  ['color', anyMap],
  [
    'links',
    list(
      inline(() => [
        ['title', text],
        ['targetBlank', flag],
        ['url', text],
        ['internal', internalLink],
      ]),
    ),
  ],
  ['noValue', text],
  ['type', pointer(() => [['enum', enumConfig]])],
  ['custom', anyMap],
]

/** sdk-go:data/frame_meta.go, `FrameMeta`. */
const metaMembers: Members = [
  ['type', text],
  ['typeVersion', typeVersion],
  ['path', text],
  ['pathSeparator', text],
  ['custom', any],
  ['stats', list(inline(() => [...configMembers, ['value', always(float, '0')]]))],
  [
    'notices',
    list(
      inline(() => [
        ['severity', severity],
        ['text', anyText],
        ['link', text],
        ['inspect', integer],
      ]),
    ),
  ],
  ['channel', text],
  ['preferredVisualisationType', text],
  ['preferredVisualisationPluginId', text],
  ['executedQueryString', text],
  ['dataTopic', text],
  ['uniqueRowIdFields', list(always(optionalInteger, '0'))],
]
