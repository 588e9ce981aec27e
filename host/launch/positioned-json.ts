/** A JSON value that remembers where in the text it began. */
export type JsonNode =
  | { readonly kind: 'null'; readonly offset: number }
  | { readonly kind: 'boolean'; readonly offset: number; readonly value: boolean }
  | { readonly kind: 'number'; readonly offset: number; readonly value: number }
  | { readonly kind: 'string'; readonly offset: number; readonly value: string }
  | { readonly kind: 'array'; readonly offset: number; readonly items: readonly JsonNode[] }
  | { readonly kind: 'object'; readonly offset: number; readonly members: readonly JsonMember[] }

/** One key of an object with its value, in the order of the text; a key may occur twice. */
export interface JsonMember {
  readonly key: string
  readonly keyOffset: number
  readonly value: JsonNode
}

/** What reading a JSON text came to. */
export type JsonOutcome =
  | { readonly kind: 'value'; readonly node: JsonNode; readonly end: number }
  | {
      readonly kind: 'syntax-error'
      readonly offset: number
      readonly expected: string
      readonly found: string
    }

/**
 * Reads the first JSON value of a text, strictly as in RFC 8259, and says where it stopped.
 *
 * What follows the value is left to the caller: Go's `json.Decoder`, which Grafana reads plugin.json with, ignores it.
 * `JSON.parse` is no substitute, because its positions differ by engine and are missing for wrong types.
 */
export function readJson(text: string): JsonOutcome {
  const reader = { text, at: 0 }
  try {
    const node = readValue(reader, 0)
    return { kind: 'value', node, end: reader.at }
  } catch (thrown) {
    if (thrown instanceof SyntaxFault) return thrown.outcome
    throw thrown
  }
}

/** The plain value of a node, as `JSON.parse` would give it: of a key that occurs twice the last one counts. */
export function plainValue(node: JsonNode): unknown {
  switch (node.kind) {
    case 'null':
      return null
    case 'boolean':
    case 'number':
    case 'string':
      return node.value
    case 'array':
      return node.items.map(plainValue)
    case 'object':
      return Object.fromEntries(node.members.map((member) => [member.key, plainValue(member.value)]))
    default:
      return node satisfies never
  }
}

/** Line and column, both from one, of an offset in a text. */
export function positionAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/)
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

interface Reader {
  readonly text: string
  at: number
}

/** Far above any real document and far below where recursion would exhaust the stack (Go stops at 10000). */
const DEPTH_LIMIT = 500

function readValue(reader: Reader, depth: number): JsonNode {
  skipBlanks(reader)
  const offset = reader.at
  if (depth > DEPTH_LIMIT) throw fault(reader, `at most ${DEPTH_LIMIT} levels of nesting`)
  const next = reader.text[offset]
  if (next === '{') return readObject(reader, depth)
  if (next === '[') return readArray(reader, depth)
  if (next === '"') return { kind: 'string', offset, value: readString(reader) }
  if (takeWord(reader, 'true')) return { kind: 'boolean', offset, value: true }
  if (takeWord(reader, 'false')) return { kind: 'boolean', offset, value: false }
  if (takeWord(reader, 'null')) return { kind: 'null', offset }
  const number = match(reader, /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y)
  if (number === undefined) throw fault(reader, 'a value')
  return { kind: 'number', offset, value: Number(number) }
}

function readObject(reader: Reader, depth: number): JsonNode {
  const offset = reader.at++
  const members: JsonMember[] = []
  skipBlanks(reader)
  if (take(reader, '}')) return { kind: 'object', offset, members }
  for (;;) {
    skipBlanks(reader)
    const keyOffset = reader.at
    if (reader.text[keyOffset] !== '"') throw fault(reader, 'a key in double quotes')
    const key = readString(reader)
    skipBlanks(reader)
    if (!take(reader, ':')) throw fault(reader, `a colon after "${key}"`)
    members.push({ key, keyOffset, value: readValue(reader, depth + 1) })
    skipBlanks(reader)
    if (take(reader, '}')) return { kind: 'object', offset, members }
    if (!take(reader, ',')) throw fault(reader, `a comma or } after the value of "${key}"`)
  }
}

function readArray(reader: Reader, depth: number): JsonNode {
  const offset = reader.at++
  const items: JsonNode[] = []
  skipBlanks(reader)
  if (take(reader, ']')) return { kind: 'array', offset, items }
  for (;;) {
    items.push(readValue(reader, depth + 1))
    skipBlanks(reader)
    if (take(reader, ']')) return { kind: 'array', offset, items }
    if (!take(reader, ',')) throw fault(reader, 'a comma or ] after a list item')
  }
}

function readString(reader: Reader): string {
  reader.at++
  let value = ''
  for (;;) {
    // eslint-disable-next-line no-control-regex -- JSON forbids exactly these characters inside strings
    value += match(reader, /[^"\\\u0000-\u001f]+/y) ?? ''
    if (take(reader, '"')) return value
    if (reader.text[reader.at] !== '\\') throw fault(reader, 'the closing double quote of a string')
    const escape = match(reader, /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y)
    if (escape === undefined)
      throw fault(reader, 'one of the escapes \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX')
    value += escapes[escape] ?? unescaped(escape)
  }
}

const escapes: Readonly<Record<string, string>> = {
  '\\b': '\b',
  '\\f': '\f',
  '\\n': '\n',
  '\\r': '\r',
  '\\t': '\t',
}

function unescaped(escape: string): string {
  return escape.length === 2 ? escape.slice(1) : String.fromCharCode(Number.parseInt(escape.slice(2), 16))
}

function skipBlanks(reader: Reader): void {
  match(reader, /[ \t\r\n]+/y)
}

function take(reader: Reader, character: string): boolean {
  if (reader.text[reader.at] !== character) return false
  reader.at++
  return true
}

function takeWord(reader: Reader, word: string): boolean {
  if (!reader.text.startsWith(word, reader.at)) return false
  reader.at += word.length
  return true
}

function match(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at
  const found = pattern.exec(reader.text)?.[0]
  reader.at += found?.length ?? 0
  return found
}

function fault(reader: Reader, expected: string): SyntaxFault {
  return new SyntaxFault(reader.at, expected, foundAt(reader.text, reader.at))
}

function foundAt(text: string, offset: number): string {
  const codePoint = text.codePointAt(offset)
  if (codePoint === undefined) return 'the end of the file'
  if (text.startsWith('//', offset) || text.startsWith('/*', offset)) return 'a comment'
  if (codePoint === 0x0a || codePoint === 0x0d) return 'the end of the line'
  if (codePoint === 0xfeff) return 'a byte-order mark'
  const visible = codePoint > 0x20 && codePoint !== 0x7f
  return visible
    ? String.fromCodePoint(codePoint)
    : `the control character U+${codePoint.toString(16).padStart(4, '0').toUpperCase()}`
}

class SyntaxFault extends Error {
  readonly outcome: JsonOutcome

  constructor(offset: number, expected: string, found: string) {
    super(`Expected ${expected}, found ${found}.`)
    this.outcome = { kind: 'syntax-error', offset, expected, found }
  }
}
