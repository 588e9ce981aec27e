/** What `jsonDetails` turned out to be (HEALTH-005). */
export type Details =
  | { readonly kind: 'absent' }
  | { readonly kind: 'object'; readonly members: Readonly<Record<string, unknown>> }
  /** `actual` says what was found instead. */
  | { readonly kind: 'unusable'; readonly actual: string }

/** Reads `jsonDetails` as Grafana does, which decodes it into a map (grafana:pkg/api/datasources.go checkDatasourceHealth). */
export function readDetails(bytes: Uint8Array): Details {
  if (bytes.length === 0) return { kind: 'absent' }
  // Go refuses a byte order mark, and reads bytes that are not UTF-8 as U+FFFD.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const parsed = parsedJson(text)
  if (parsed === undefined) return { kind: 'unusable', actual: `no JSON: ${shorten(text)}` }
  const { value } = parsed
  // What the Rust SDK sends by default (HEALTH-005).
  if (value === null) return { kind: 'absent' }
  if (isRecord(value)) return { kind: 'object', members: value }
  const what = Array.isArray(value) ? 'list' : typeof value
  return { kind: 'unusable', actual: `a ${what}: ${shorten(text)}` }
}

/** The known keys that hold something else than a text (HEALTH-006). */
export function keysWithoutText(members: Readonly<Record<string, unknown>>): readonly string[] {
  return knownKeys(members).filter((key) => typeof members[key] !== 'string')
}

/** Those keys that the settings page shows (HEALTH-006). */
export function knownKeys(members: Readonly<Record<string, unknown>>): readonly string[] {
  return ['message', 'verboseMessage'].filter((key) => Object.hasOwn(members, key))
}

function parsedJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 56)}…` : text
}
