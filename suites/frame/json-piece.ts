import { isObject, parseJson, stringifyJson } from '../../host/frames/json-text.ts'
import type { JsonObject } from '../../host/frames/json-text.ts'

/**
 * Gives a later piece of a chunked JSON frame the schema of its first piece, so that it can be read like a frame.
 *
 * Only the first piece has a schema (JSON-026). A piece that is no JSON object is handed back as it is; undefined stands
 * for one whose schema never came, which nobody can read.
 */
export function completeJsonPiece(
  piece: Uint8Array,
  key: string,
  schemas: Map<string, string>,
): Uint8Array | undefined {
  const document = readObject(piece)
  if (document === undefined) return piece
  const schema = document.entries.find(([name]) => name === 'schema')?.[1]
  if (schema !== undefined) {
    schemas.set(key, stringifyJson(schema))
    return piece
  }
  const remembered = schemas.get(key)
  if (remembered === undefined) return undefined
  const rest = stringifyJson(document).slice(1)
  return Buffer.from(`{"schema":${remembered}${rest === '}' ? '' : ','}${rest}`)
}

function readObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value = parseJson(new TextDecoder().decode(bytes))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
