import type { HostProfile } from '../context/profile.ts'
import { newestProfile } from '../context/profile.ts'
import type { Field, FieldValue, Frame } from './frame.ts'
import { goFloat, goFloat32, goHtmlText, goMap, goText } from './go-json.ts'
import { grafanaConfig, grafanaMeta } from './grafana-meta.ts'
import { writeSchemaType } from './json-type-info.ts'
import { writeJsonColumns } from './json-columns.ts'

/** Settings of `asGrafanaJson`. */
export interface GrafanaJsonOptions {
  /** The Grafana that answers; default the newest. */
  readonly profile?: HostProfile
  /** The key of the frame in the answer, which the host writes into a frame without refId (META-021); default none. */
  readonly refId?: string
}

/**
 * The JSON text of a frame in Grafana's answer to `/api/ds/query`, byte for byte.
 *
 * It is an element of `results.<refId>.frames`: what a panel gets to see of what the plugin sent. Metadata that the host
 * does not know are gone (META-006), NaN and infinities stand in `entities`, times are milliseconds with `nanos` beside
 * them, and 64-bit integers are exact, so that `JSON.parse` may round them as a browser does (FRAME-036).
 *
 * @example
 * const { frame } = readArrowFrame(bytes)
 * if (frame !== undefined) console.log(asGrafanaJson(frame, { refId: 'A', profile: profileNamed('10.4') }))
 */
export function asGrafanaJson(frame: Frame, options: GrafanaJsonOptions = {}): string {
  const { profile = newestProfile, refId = '' } = options
  const ownRefId = frame.refId === '' ? refId : frame.refId
  const schema = [
    ...(frame.name === '' ? [] : [`"name":${goText(frame.name)}`]),
    ...(ownRefId === '' ? [] : [`"refId":${goText(ownRefId)}`]),
    ...(frame.meta === undefined ? [] : [`"meta":${grafanaMeta(frame.meta, profile.frameJson)}`]),
    `"fields":[${frame.fields.map((field) => writeField(field, profile)).join(',')}]`,
  ]
  return `{"schema":{${schema.join(',')}},"data":${writeJsonColumns(frame.fields, writeCell)}}`
}

function writeField(field: Field, profile: HostProfile): string {
  const { name, labels, config } = field
  const members = [
    ...(name === '' ? [] : [`"name":${goText(name)}`]),
    writeSchemaType(field),
    ...(labels === undefined ? [] : [`"labels":${writeLabels(labels)}`]),
    ...(config === undefined ? [] : [`"config":${grafanaConfig(config, profile.frameJson)}`]),
  ]
  return `{${members.join(',')}}`
}

function writeLabels(labels: Readonly<Record<string, string>>): string {
  const entries = Object.entries(labels).map(([key, text]) => [key, goText(text)] as const)
  return goMap(entries, goText)
}

/** A cell that is neither null nor a time nor a special number (sdk-go:data/frame_json.go, `writeDataFrameData`). */
function writeCell({ type }: Field, value: Exclude<FieldValue, null>): string {
  if (typeof value === 'string') return type === 'json' ? writeDocument(value) : goHtmlText(value)
  if (typeof value !== 'number') return String(value)
  return type === 'float32' ? goFloat32(value) : goFloat(value)
}

/** The host copies a JSON cell as it is when it begins with a document, whatever stands behind it; else it writes null (FRAME-033). */
function writeDocument(text: string): string {
  return isJson(text) || isJson(firstDocument(text)) ? text : 'null'
}

/** The first document of a text, as far as brackets and quotes tell; words end where jsoniter stops to look. */
function firstDocument(text: string): string {
  const word = /^\s*(?:true|false|null|-?[\d.eE+-]+)/u.exec(text)
  if (word !== null) return word[0]
  let depth = 0
  let quoted = false
  for (let at = text.search(/\S/u); at >= 0 && at < text.length; at++) {
    const character = text.charAt(at)
    if (quoted && character === '\\') at++
    else if (character === '"') quoted = !quoted
    else if (!quoted && '{['.includes(character)) depth++
    else if (!quoted && '}]'.includes(character)) depth--
    if (depth === 0 && !quoted) return text.slice(0, at + 1)
  }
  return text
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
