import type { Findings } from './finding.ts'
import { clip, fieldPlace } from './finding.ts'
import type { Field, FieldType, Frame } from './frame.ts'
import { describeJson } from './json-shape.ts'
import { isArray, isObject } from './json-text.ts'
import type { JsonObject, JsonValue } from './json-text.ts'
import { readConfig, readLabels, readMeta } from './metadata-reading.ts'
import { scriptTypeOf } from './script-type.ts'

/** The schema of a JSON frame: a frame whose fields have no values yet. */
export type JsonSchema = Omit<Frame, 'fields'> & { readonly fields: readonly Omit<Field, 'values'>[] }

/** Reads `schema` (JSON-002, 003, 004 and the META rules); undefined when the host refuses it. */
export function readJsonSchema(schema: JsonValue, findings: Findings): JsonSchema | undefined {
  // `{}` and `{"schema":null}` are empty frames for the host.
  if (schema === null) return { name: '', refId: '', fields: [] }
  if (!isObject(schema)) {
    findings.refuse('JSON-001', 'schema', 'an object', describeJson(schema))
    return undefined
  }
  const meta = member(schema, 'meta')
  const kept = meta === null ? undefined : readMeta(meta, findings)
  const fields = readFields(member(schema, 'fields'), findings)
  const name = readText(member(schema, 'name'), 'schema.name', findings)
  const refId = readText(member(schema, 'refId'), 'schema.refId', findings)
  if (fields === undefined) return undefined
  return { name, refId, ...(kept === undefined ? {} : { meta: kept }), fields }
}

function readFields(value: JsonValue, findings: Findings): Omit<Field, 'values'>[] | undefined {
  if (value === null) {
    // The host reads a frame without fields; the browser does not.
    findings.add('JSON-002', 'schema.fields', 'an array', 'none')
    return []
  }
  if (!isArray(value)) {
    findings.refuse('JSON-002', 'schema.fields', 'an array', describeJson(value))
    return undefined
  }
  const fields = value.map((field, index) => readField(field, index, findings))
  const complete = fields.filter((field) => field !== undefined)
  return complete.length === fields.length ? complete : undefined
}

function readField(field: JsonValue, index: number, findings: Findings): Omit<Field, 'values'> | undefined {
  const place = `schema.fields[${index}]`
  if (!isObject(field)) {
    findings.refuse('JSON-002', place, 'an object', describeJson(field))
    return undefined
  }
  const name = readText(member(field, 'name'), `${place}.name`, findings)
  const where = fieldPlace(name, index)
  const typeInfo = readTypeInfo(member(field, 'typeInfo'), where, findings)
  const labels = member(field, 'labels')
  const keptLabels = labels === null ? undefined : readLabels(labels, where, findings)
  const config = member(field, 'config')
  const keptConfig = config === null ? undefined : readConfig(config, where, findings)
  if (typeInfo === undefined) return undefined
  if (name === '') findings.advise('JSON-004', where, 'a name', 'none')
  judgeBrowserType(member(field, 'type'), typeInfo.type, where, findings)
  return {
    name,
    ...typeInfo,
    ...(keptLabels === undefined ? {} : { labels: keptLabels }),
    ...(keptConfig === undefined ? {} : { config: keptConfig }),
  }
}

function readTypeInfo(
  value: JsonValue,
  where: string,
  findings: Findings,
): { type: FieldType; nullable: boolean } | undefined {
  const frame = isObject(value) ? member(value, 'frame') : null
  const nullable = isObject(value) ? member(value, 'nullable') : null
  if (typeof frame !== 'string' || (nullable !== null && typeof nullable !== 'boolean')) {
    const found = isObject(value)
      ? `frame ${describeJson(frame)}, nullable ${describeJson(nullable)}`
      : describeJson(value)
    findings.refuse('JSON-003', where, 'typeInfo with frame, a string, and perhaps nullable', found)
    return undefined
  }
  const pointer = frame.startsWith('*')
  const type = pointer
    ? canonicalTypes.get(frame.slice(1))
    : (canonicalTypes.get(frame) ?? aliases.get(frame))
  if (type !== undefined) return { type, nullable: pointer || nullable === true }
  findings.refuse(
    'JSON-003',
    where,
    'a typeInfo.frame of the table under JSON-003',
    JSON.stringify(clip(frame)),
  )
  return undefined
}

function judgeBrowserType(value: JsonValue, type: FieldType, where: string, findings: Findings): void {
  const expected = scriptTypeOf(type)
  if (value === expected) return
  findings.advise(
    'JSON-004',
    where,
    `the type "${expected}" beside ${type}`,
    value === null ? 'no type' : describeJson(value),
  )
}

function readText(value: JsonValue, where: string, findings: Findings): string {
  if (typeof value === 'string') return value
  if (value !== null) findings.refuse('JSON-001', where, 'a string', describeJson(value))
  return ''
}

/** A member of an object, null when there is none; the last of several wins, as in Go. */
function member(object: JsonObject, key: string): JsonValue {
  return object.entries.findLast(([name]) => name === key)?.[1] ?? null
}

// sdk-go:data/field_type.go, FieldTypeFromItemTypeString.
const canonicalTypes = new Map<string, FieldType>([
  ['int8', 'int8'],
  ['int16', 'int16'],
  ['int32', 'int32'],
  ['int64', 'int64'],
  ['uint8', 'uint8'],
  ['uint16', 'uint16'],
  ['uint32', 'uint32'],
  ['uint64', 'uint64'],
  ['float32', 'float32'],
  ['float64', 'float64'],
  ['string', 'string'],
  ['bool', 'bool'],
  ['time.Time', 'time'],
  ['json.RawMessage', 'json'],
  ['enum', 'enum'],
])

const aliases = new Map<string, FieldType>([
  ['int', 'int64'],
  ['float', 'float64'],
  ['double', 'float64'],
  ['boolean', 'bool'],
  ['time', 'time'],
  ['json', 'json'],
])
