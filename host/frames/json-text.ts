/** A JSON value that keeps what `JSON.parse` loses: the spelling of numbers, the order of keys, repeated keys. */
export type JsonValue = null | boolean | string | number | JsonLiteral | JsonObject | readonly JsonValue[]

/** A number whose spelling a JavaScript number would not give back, for example `2.0` or `9223372036854775807`. */
export interface JsonLiteral {
  readonly kind: 'number'
  readonly source: string
}

/** An object as its entries in the order of the text. */
export interface JsonObject {
  readonly kind: 'object'
  readonly entries: readonly (readonly [key: string, value: JsonValue])[]
}

/** Deepest nesting that Go's encoding/json reads (`maxNestingDepth` in encoding/json/scanner.go). */
const MAX_DEPTH = 10_000

/** Parses JSON text; throws a `SyntaxError` when it is none, or nested deeper than a Go host reads. */
export function parseJson(text: string): JsonValue {
  // The engine judges validity, so that the walk below only has to find its way; neither recurses.
  JSON.parse(text)
  const open: Container[] = []
  let root: JsonValue = null
  let at = 0
  const put = (value: JsonValue): void => {
    const inside = open.at(-1)
    if (inside === undefined) root = value
    else if (inside.kind === 'array') inside.items.push(value)
    else inside.entries.push([inside.key, value])
  }
  while (at < text.length) {
    if (open.length > MAX_DEPTH) throw new SyntaxError('Nested deeper than 10000 levels')
    const character = text.charAt(at)
    const inside = open.at(-1)
    if (character === '{') {
      const entries: [string, JsonValue][] = []
      put({ kind: 'object', entries })
      open.push({ kind: 'object', entries, key: '', expectsKey: true })
      at++
    } else if (character === '[') {
      const items: JsonValue[] = []
      put(items)
      open.push({ kind: 'array', items })
      at++
    } else if (character === '}' || character === ']') {
      open.pop()
      at++
    } else if (character === '"') {
      const end = endOfString(text, at)
      const content = readString(text.slice(at, end))
      at = end
      if (inside?.kind === 'object' && inside.expectsKey) {
        inside.key = content
        inside.expectsKey = false
      } else put(content)
    } else if (character === ',') {
      if (inside?.kind === 'object') inside.expectsKey = true
      at++
    } else if (': \t\r\n'.includes(character)) {
      at++
    } else {
      const end = endOfWord(text, at)
      put(readWord(text.slice(at, end)))
      at = end
    }
  }
  return root
}

/** Writes a value as compact JSON, numbers spelled as they were. */
export function stringifyJson(value: JsonValue): string {
  let text = ''
  // Own stack, because a plugin decides how deep the value is.
  const rest: Piece[] = [{ value }]
  for (let piece = rest.pop(); piece !== undefined; piece = rest.pop()) {
    if ('text' in piece) text += piece.text
    else if (isArray(piece.value)) pushAll(rest, arrayPieces(piece.value))
    else if (isObject(piece.value)) pushAll(rest, objectPieces(piece.value))
    else text += numberSource(piece.value) ?? JSON.stringify(piece.value)
  }
  return text
}

type Piece = { readonly text: string } | { readonly value: JsonValue }

function pushAll(rest: Piece[], pieces: readonly Piece[]): void {
  for (const piece of pieces) rest.push(piece)
}

// Pieces stand in reverse order, because they are taken from the end.
function arrayPieces(items: readonly JsonValue[]): Piece[] {
  const pieces = items.flatMap((value, index) => [{ text: index === 0 ? '[' : ',' }, { value }])
  return [...(items.length === 0 ? [{ text: '[' }] : pieces), { text: ']' }].toReversed()
}

function objectPieces({ entries }: JsonObject): Piece[] {
  const pieces = entries.flatMap(([key, value], index) => [
    { text: `${index === 0 ? '{' : ','}${JSON.stringify(key)}:` },
    { value },
  ])
  return [...(entries.length === 0 ? [{ text: '{' }] : pieces), { text: '}' }].toReversed()
}

/** Tells a JSON array from the other values. */
export function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

/** Tells a JSON object from the other values. */
export function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !isArray(value) && value.kind === 'object'
}

/** The spelling of a number, or undefined for any other value. */
export function numberSource(value: JsonValue): string | undefined {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'object' || value === null || isArray(value)) return undefined
  return value.kind === 'number' ? value.source : undefined
}

type Container =
  | { readonly kind: 'array'; readonly items: JsonValue[] }
  | { readonly kind: 'object'; readonly entries: [string, JsonValue][]; key: string; expectsKey: boolean }

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (text.charCodeAt(at) !== 0x22) at += text.charCodeAt(at) === 0x5c ? 2 : 1
  return at + 1
}

function readString(literal: string): string {
  if (!literal.includes('\\')) return literal.slice(1, -1)
  const content: unknown = JSON.parse(literal)
  return typeof content === 'string' ? content : ''
}

function endOfWord(text: string, start: number): number {
  let at = start
  while (at < text.length && !',]} \t\r\n'.includes(text.charAt(at))) at++
  return at
}

function readWord(word: string): JsonValue {
  if (word === 'null') return null
  if (word === 'true' || word === 'false') return word === 'true'
  const number = Number(word)
  // Only a number that is written the same way again is kept as one.
  return String(number) === word ? number : { kind: 'number', source: word }
}
