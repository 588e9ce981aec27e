import type { ArrowMetadata } from './arrow-schema.ts'
import { configShape, labelsShape } from './config-shape.ts'
import type { Findings } from './finding.ts'
import { clip } from './finding.ts'
import { metaShape } from './meta-shape.ts'
import type { Shape } from './json-shape.ts'
import { isObject, parseJson, stringifyJson } from './json-text.ts'
import type { JsonValue } from './json-text.ts'

/** Frame metadata as the host keeps them. */
export interface FrameMetadata {
  readonly name: string
  readonly refId: string
  readonly meta: Record<string, unknown> | undefined
}

/** Field metadata as the host keeps them. */
export interface FieldMetadata {
  readonly labels: Record<string, string> | undefined
  readonly config: Record<string, unknown> | undefined
  readonly tstype: string | undefined
}

/** Reads the metadata of a frame from the Arrow schema (META-001, 003, 004, 008 and the rules of `meta`). */
export function readFrameMetadata(metadata: ArrowMetadata, findings: Findings): FrameMetadata {
  judgeKeys(
    metadata,
    { known: ['name', 'refId', 'meta'], spec: 'META-001', where: 'schema metadata' },
    findings,
  )
  judgeMessages(
    metadata.map(([key]) => key),
    'schema metadata',
    findings,
  )
  const meta = parseDocument(first(metadata, 'meta'), 'meta', findings)
  return {
    name: first(metadata, 'name') ?? '',
    refId: first(metadata, 'refId') ?? '',
    meta: readPresent(meta, (document) => readMeta(document, findings)),
  }
}

/** Reads the metadata of a field (META-002, 003, 004 and the rules of `labels` and `config`). */
export function readFieldMetadata(metadata: ArrowMetadata, where: string, findings: Findings): FieldMetadata {
  judgeKeys(metadata, { known: ['labels', 'config', 'tstype'], spec: 'META-002', where }, findings)
  const labels = parseDocument(first(metadata, 'labels'), `${where} labels`, findings)
  const config = parseDocument(first(metadata, 'config'), `${where} config`, findings)
  return {
    labels: labels === undefined ? undefined : readLabels(labels, where, findings),
    config: readPresent(config, (document) => readConfig(document, where, findings)),
    tstype: first(metadata, 'tstype'),
  }
}

/** The host decodes into a value that is there already, so that the document null leaves it empty. */
function readPresent(
  document: JsonValue | undefined,
  read: (document: JsonValue) => Record<string, unknown> | undefined,
): Record<string, unknown> | undefined {
  if (document === undefined) return undefined
  return document === null ? {} : read(document)
}

/** Judges a frame's `meta` document and keeps it when the host would. */
export function readMeta(meta: JsonValue, findings: Findings): Record<string, unknown> | undefined {
  if (isObject(meta))
    judgeMessages(
      meta.entries.map(([key]) => key),
      'meta',
      findings,
    )
  return readDocument(meta, 'meta', metaShape, findings)
}

/** Judges a field's `config` document and keeps it when the host would. */
export function readConfig(
  config: JsonValue,
  where: string,
  findings: Findings,
): Record<string, unknown> | undefined {
  return readDocument(config, `${where} config`, configShape, findings)
}

/** Judges a field's `labels` document and keeps it when the host would. */
export function readLabels(
  labels: JsonValue,
  where: string,
  findings: Findings,
): Record<string, string> | undefined {
  labelsShape(labels, `${where} labels`, findings)
  if (!isObject(labels)) return undefined
  judgeLabelKeys(
    labels.entries.map(([key]) => key),
    `${where} labels`,
    findings,
  )
  return Object.fromEntries(
    labels.entries.map(([key, value]) => [key, typeof value === 'string' ? value : '']),
  )
}

/** A key that stands twice hides the first value (META-031). */
function judgeLabelKeys(keys: readonly string[], where: string, findings: Findings): void {
  const repeated = keys.find((key, index) => keys.indexOf(key) !== index)
  if (repeated !== undefined)
    findings.advise('META-031', where, 'each key once', `${JSON.stringify(clip(repeated))} twice`)
  if (keys.includes('')) findings.advise('META-031', where, 'keys that are not empty', 'an empty key')
}

function readDocument(
  value: JsonValue,
  where: string,
  shape: Shape,
  findings: Findings,
): Record<string, unknown> | undefined {
  shape(value, where, findings)
  if (!isObject(value)) return undefined
  const document: unknown = JSON.parse(stringifyJson(value))
  return isRecord(document) ? document : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function parseDocument(text: string | undefined, where: string, findings: Findings): JsonValue | undefined {
  if (text === undefined) return undefined
  try {
    return parseJson(text)
  } catch {
    const found = text === '' ? 'an empty text' : JSON.stringify(clip(text))
    findings.refuse('META-004', where, 'JSON text', found)
    return undefined
  }
}

function first(metadata: ArrowMetadata, wanted: string): string | undefined {
  return metadata.find(([key]) => key === wanted)?.[1]
}

interface KeyRules {
  readonly known: readonly string[]
  readonly spec: 'META-001' | 'META-002'
  readonly where: string
}

function judgeKeys(metadata: ArrowMetadata, rules: KeyRules, findings: Findings): void {
  const counts = new Map<string, number>()
  for (const [key] of metadata) counts.set(key, (counts.get(key) ?? 0) + 1)
  for (const [key, count] of counts) {
    const quoted = JSON.stringify(clip(key))
    if (count > 1) findings.add('META-003', rules.where, 'each key once', `${quoted} ${count} times`)
    if (rules.known.includes(key)) continue
    const meant = rules.known.find((known) => known.toLowerCase() === key.toLowerCase())
    if (meant !== undefined) findings.add(rules.spec, rules.where, `the key ${JSON.stringify(meant)}`, quoted)
  }
}

function judgeMessages(keys: readonly string[], where: string, findings: Findings): void {
  for (const key of keys.filter((name) => ['error', 'warning', 'warnings'].includes(name))) {
    const expected = 'errors in DataResponse.error and hints in meta.notices'
    findings.add('META-008', where, expected, `the key ${JSON.stringify(key)}`)
  }
}
