/** What bytes from outside turned out to be. */
export type ParsedJson = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'malformed' }

/** Reads bytes as one JSON document in UTF-8, without ever throwing. */
export function parseJson(bytes: Uint8Array): ParsedJson {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { kind: 'json', value: JSON.parse(text) as unknown }
  } catch {
    return { kind: 'malformed' }
  }
}

/** Whether a value is a JSON object, neither null nor a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
