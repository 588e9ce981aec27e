/** A text as the Go SDK writes names, refIds and labels: jsoniter's `WriteString`. */
export function goText(text: string): string {
  return `"${text.replaceAll(NEEDS_ESCAPE, escapeCharacter)}"`
}

/** A text as the host writes values: jsoniter's `WriteStringWithHTMLEscaped`, which also escapes what HTML and JSONP know. */
export function goHtmlText(text: string): string {
  return `"${text.replaceAll(NEEDS_ESCAPE_IN_HTML, escapeCharacter)}"`
}

/** A float64 as jsoniter's `WriteFloat64` writes it: shortest digits, an exponent below 1e-6 and from 1e21 on. */
export function goFloat(value: number): string {
  const size = Math.abs(value)
  return size !== 0 && (size < 1e-6 || size >= 1e21) ? withExponent(value) : plain(value)
}

/** A float32 as jsoniter's `WriteFloat32` writes it: the shortest digits that give the same float32. */
export function goFloat32(value: number): string {
  if (value === 0) return plain(value)
  const digits = DIGITS_OF_FLOAT32.find((count) => Math.fround(Number(value.toPrecision(count))) === value)
  const size = Math.abs(value)
  const shortest = digits === undefined ? value : Number(value.toPrecision(digits))
  return size < Math.fround(1e-6) || size >= Math.fround(1e21) ? withExponent(shortest) : plain(shortest)
}

/** A float64 as fmt's `%v` writes it, which is how `ConfFloat64` becomes JSON: an exponent below 1e-4 and from 1e6 on. */
export function goVerb(value: number): string {
  const size = Math.abs(value)
  return size !== 0 && (size < 1e-4 || size >= 1e6) ? withExponent(value) : plain(value)
}

/** Any JSON value as the host writes what it decoded into `any`: keys sorted, numbers as float64. */
export function goAny(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return goHtmlText(value)
  if (typeof value === 'number') return goFloat(value)
  if (typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `[${value.map((item: unknown) => goAny(item)).join(',')}]`
  return goMap(Object.entries(value).map(([key, item]) => [key, goAny(item)] as const))
}

/** A Go map: entries whose values are JSON text already, sorted by the bytes of their keys. */
export function goMap(
  entries: readonly (readonly [key: string, json: string])[],
  writeKey: (key: string) => string = goHtmlText,
): string {
  const sorted = entries.toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return `{${sorted.map(([key, json]) => `${writeKey(key)}:${json}`).join(',')}}`
}

// The last class is what comes before the blank: the control characters.
const NEEDS_ESCAPE = /["\\]|[^ -\u{10ffff}]/gu
const NEEDS_ESCAPE_IN_HTML = /["\\<>&\u2028\u2029]|[^ -\u{10ffff}]/gu
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}
const DIGITS_OF_FLOAT32 = [1, 2, 3, 4, 5, 6, 7, 8, 9]

function escapeCharacter(character: string): string {
  return SHORT_ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function withExponent(value: number): string {
  // Go writes two digits at least.
  return value.toExponential().replace(/e([+-])(\d)$/u, 'e$10$2')
}

/** Only asked for sizes in which JavaScript writes no exponent either. */
function plain(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}
