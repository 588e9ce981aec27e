import type { Frame } from '../../host/frames/frame.ts'
import { isArray, isObject, parseJson, stringifyJson } from '../../host/frames/json-text.ts'
import type { JsonObject, JsonValue } from '../../host/frames/json-text.ts'
import { readArrowFrame } from '../../host/frames/read-arrow.ts'
import { readJsonFrame } from '../../host/frames/read-json.ts'
import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'

/** The first piece of a frame, as far as later ones depend on it. */
export interface FirstPiece {
  readonly format: DataFrameFormat
  readonly frame: Frame
  /** JSON text of the schema, which later JSON pieces do without. */
  readonly schema: string
}

/** What one piece of a frame turned out to be. */
export type Piece =
  | { readonly kind: 'first'; readonly first: FirstPiece }
  | { readonly kind: 'following'; readonly frame: Frame }
  /** It does not fit the way in which pieces make a frame (CHUNK-105, CHUNK-106). */
  | { readonly kind: 'misfit'; readonly expected: string; readonly actual: string }
  /** No host can read it as a frame of its own; the rules of `frame/` are about that. */
  | { readonly kind: 'unreadable' }

/** Reads one piece by its declared format, in the light of the first piece of its frame. */
export function readPiece(bytes: Uint8Array, format: DataFrameFormat, first: FirstPiece | undefined): Piece {
  if (first === undefined)
    return format === DataFrameFormat.JSON ? firstJson(bytes) : firstArrow(bytes, format)
  if (format !== first.format)
    return { kind: 'misfit', expected: 'the format of the first piece', actual: 'another format' }
  return format === DataFrameFormat.JSON ? followingJson(bytes, first) : followingArrow(bytes, first)
}

function firstArrow(bytes: Uint8Array, format: DataFrameFormat): Piece {
  const { frame, undecoded } = readArrowFrame(bytes)
  // Grafana reads compressed pieces, this host does not: nothing can be said of their rows (FRAME-011).
  return frame === undefined || undecoded !== undefined
    ? { kind: 'unreadable' }
    : { kind: 'first', first: { format, frame, schema: '' } }
}

function firstJson(bytes: Uint8Array): Piece {
  const document = parseObject(bytes)
  if (document === undefined) return { kind: 'unreadable' }
  const schema = member(document, 'schema')
  if (schema === undefined && hasColumns(member(document, 'data')))
    return { kind: 'misfit', expected: 'schema and data in the first piece', actual: 'data without a schema' }
  const { frame } = readJsonFrame(bytes)
  if (frame === undefined) return { kind: 'unreadable' }
  const text = stringifyJson(schema ?? null)
  return { kind: 'first', first: { format: DataFrameFormat.JSON, frame, schema: text } }
}

function followingArrow(bytes: Uint8Array, first: FirstPiece): Piece {
  const { frame, findings, undecoded } = readArrowFrame(bytes)
  if (undecoded !== undefined) return { kind: 'unreadable' }
  const expected = 'a complete Arrow file in every piece'
  if (frame === undefined) return { kind: 'misfit', expected, actual: findings[0]?.found ?? 'something else' }
  const before = describeFields(first.frame)
  const now = describeFields(frame)
  if (before === now) return { kind: 'following', frame }
  return { kind: 'misfit', expected: `the fields of the first piece: ${before}`, actual: now }
}

function followingJson(bytes: Uint8Array, first: FirstPiece): Piece {
  const expected = 'only data in a later piece'
  const document = parseObject(bytes)
  if (document === undefined) return { kind: 'misfit', expected, actual: 'no JSON object' }
  const other = document.entries.map(([key]) => key).find((key) => key !== 'data')
  if (other !== undefined) return { kind: 'misfit', expected, actual: `the key "${other.slice(0, 40)}" too` }
  const data = stringifyJson(member(document, 'data') ?? null)
  // The rows are read as if they had come with the schema of the first piece.
  const whole = Buffer.from(`{"schema":${first.schema},"data":${data}}`)
  const { frame, findings } = readJsonFrame(whole)
  if (frame !== undefined) return { kind: 'following', frame }
  const [finding] = findings
  if (finding === undefined) return { kind: 'unreadable' }
  return {
    kind: 'misfit',
    expected: `rows for the fields of the first piece: ${describeFields(first.frame)}`,
    actual: `${finding.where}: ${finding.found}`,
  }
}

/** The types as a Go host knows them: appending a nullable column to one that is not ends in a panic. */
function describeFields({ fields }: Frame): string {
  if (fields.length === 0) return 'none'
  return fields.map(({ name, type, nullable }) => `${name} ${nullable ? '*' : ''}${type}`).join(', ')
}

function parseObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value = parseJson(Buffer.from(bytes).toString('utf8'))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function member({ entries }: JsonObject, name: string): JsonValue | undefined {
  return entries.findLast(([key]) => key === name)?.[1]
}

function hasColumns(data: JsonValue | undefined): boolean {
  if (data === undefined || !isObject(data)) return false
  const values = member(data, 'values')
  return values !== undefined && isArray(values) && values.length > 0
}
