import { isUtf8 } from 'node:buffer'

import type { Findings } from './finding.ts'
import { clip, collectFindings } from './finding.ts'
import type { Frame } from './frame.ts'
import { readJsonData } from './json-data.ts'
import { readJsonSchema } from './json-schema.ts'
import { describeJson } from './json-shape.ts'
import { isObject, parseJson } from './json-text.ts'
import type { JsonObject, JsonValue } from './json-text.ts'
import type { FrameReading } from './read-arrow.ts'

/**
 * Reads the bytes of a frame in JSON format as the Go host does, and reports what it would stumble over (JSON-001 to
 * 014). It never throws.
 */
export function readJsonFrame(bytes: Uint8Array): FrameReading {
  const findings = collectFindings()
  const document = openDocument(bytes, findings)
  const frame = document === undefined ? undefined : readDocument(document, findings)
  return { frame: findings.refused ? undefined : frame, findings: findings.list }
}

function openDocument(bytes: Uint8Array, findings: Findings): JsonObject | undefined {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (content.toString('latin1', 0, 6) === 'ARROW1') {
    findings.refuse('FRAME-017', 'byte 0', 'a JSON frame, as the format JSON says', 'an Arrow IPC file')
    return undefined
  }
  if (!isUtf8(content)) findings.add('JSON-001', 'byte 0', 'JSON text in UTF-8', 'bytes that are no UTF-8')
  const value = parseText(content.toString('utf8'), findings)
  if (value === undefined) return undefined
  if (value === null) {
    findings.refuse('JSON-014', 'byte 0', 'an object', 'null')
    return undefined
  }
  if (isObject(value)) return value
  findings.refuse('JSON-001', 'byte 0', 'an object with the keys schema and data', describeJson(value))
  return undefined
}

function parseText(text: string, findings: Findings): JsonValue | undefined {
  try {
    return parseJson(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message.replaceAll(/\s+/gu, ' ') : String(error)
    findings.refuse('JSON-001', 'byte 0', 'one JSON text', text === '' ? 'no bytes' : clip(reason))
    return undefined
  }
}

function readDocument(document: JsonObject, findings: Findings): Frame | undefined {
  const unknown = document.entries.filter(([key]) => key !== 'schema' && key !== 'data')
  for (const [key] of unknown) {
    findings.refuse('JSON-001', 'frame', 'only the keys schema and data', JSON.stringify(clip(key)))
  }
  const keys = document.entries.map(([key]) => key)
  const data = document.entries.findLast(([key]) => key === 'data')?.[1] ?? null
  const schemaAt = keys.lastIndexOf('schema')
  if (data !== null && keys.indexOf('data') < schemaAt && hasColumns(data)) {
    findings.refuse('JSON-001', 'frame', 'schema before data', 'data before schema')
    return undefined
  }
  const schema = readJsonSchema(document.entries[schemaAt]?.[1] ?? null, findings)
  if (schema === undefined) return undefined
  const values = readJsonData(data, schema.fields, findings)
  if (values === undefined) return undefined
  return {
    ...schema,
    fields: schema.fields.map((field, index) => ({ ...field, values: values[index] ?? [] })),
  }
}

/** The host tolerates data before the schema as long as there are no columns in it. */
function hasColumns(data: JsonValue): boolean {
  if (!isObject(data)) return true
  const values = data.entries.findLast(([key]) => key === 'values')?.[1] ?? null
  return !Array.isArray(values) || values.length > 0
}
