/** What the bytes of a packet, of initial data or of a publication turned out to be. */
export type Document =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'empty' }
  | { readonly kind: 'broken'; readonly shown: string }

/** Longest piece of foreign bytes in a message. */
const SHOWN_LENGTH = 40

/**
 * Reads bytes as one JSON document, as strictly as Go's `json.Valid` does (JSON-020).
 *
 * Bytes that are no UTF-8 pass inside strings, as in Go; a byte order mark does not.
 */
export function readDocument(bytes: Uint8Array): Document {
  if (bytes.length === 0) return { kind: 'empty' }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown }
  } catch {
    return { kind: 'broken', shown: showText(text) }
  }
}

/** The bytes as a short piece of text for a message. */
export function showBytes(bytes: Uint8Array): string {
  return bytes.length === 0
    ? 'no bytes'
    : showText(new TextDecoder().decode(bytes.subarray(0, 4 * SHOWN_LENGTH)))
}

function showText(text: string): string {
  return JSON.stringify(text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH - 1)}…`)
}

/** Whether a value is a JSON object, neither null nor a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
