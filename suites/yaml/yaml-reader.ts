import { LineCounter, isMap, isScalar, parseDocument } from 'yaml'
import type { Document, Node, Pair } from 'yaml'

import { ConformanceError } from '../../host/conformance-error.ts'
import { nearest } from '../../host/nearest.ts'

/** Takes YAML nodes apart and says where something is wrong. */
export class YamlReader {
  readonly #document: Document
  readonly #lines: LineCounter
  readonly #file: string
  readonly #help: string

  /** `file` is for messages, `help` what a message says when it knows nothing better. Throws where the text is no YAML. */
  constructor(text: string, file: string, help: string) {
    this.#lines = new LineCounter()
    this.#document = parseDocument(text, { lineCounter: this.#lines })
    this.#file = file
    this.#help = help
    const [problem] = this.#document.errors
    if (problem !== undefined)
      throw this.error(problem.pos[0], problem.message.split('\n')[0] ?? problem.message, 'Correct the YAML.')
  }

  /** The node at the top; undefined for an empty file. */
  get contents(): unknown {
    return this.#document.contents ?? undefined
  }

  /** `file:line` of a node. */
  place(node: unknown): string {
    return `${this.#file}:${this.#lines.linePos(offsetOf(node)).line}`
  }

  /** A mapping with known keys only. */
  record(node: unknown, at: string, keys: readonly string[]): Readonly<Record<string, unknown>> {
    if (node === undefined) return {}
    if (!isMap(node)) throw this.wrong(node, at, `a mapping of ${keys.join(', ')}`, this.#kind(node))
    return Object.fromEntries(node.items.map((pair) => [this.#key(pair, at, keys), pair.value]))
  }

  list(node: unknown, at: string): readonly unknown[] {
    if (node === undefined) return []
    if (
      typeof node === 'object' &&
      node !== null &&
      'items' in node &&
      Array.isArray(node.items) &&
      !isMap(node)
    )
      return node.items
    throw this.wrong(node, at, 'a list', this.#kind(node), `Put a dash before each entry of ${at}.`)
  }

  text(node: unknown, at: string): string | undefined {
    if (node === undefined) return undefined
    if (isScalar(node) && typeof node.value === 'string') return node.value
    throw this.wrong(node, at, 'a text', this.#kind(node))
  }

  number(node: unknown, at: string): number | undefined {
    if (node === undefined) return undefined
    if (isScalar(node) && typeof node.value === 'number') return node.value
    throw this.wrong(node, at, 'a number of milliseconds since 1970', this.#kind(node))
  }

  boolean(node: unknown, at: string): boolean | undefined {
    if (node === undefined) return undefined
    if (isScalar(node) && typeof node.value === 'boolean') return node.value
    throw this.wrong(node, at, 'true or false', this.#kind(node))
  }

  object(node: unknown, at: string): Readonly<Record<string, unknown>> | undefined {
    if (node === undefined) return undefined
    if (isMap(node)) return this.plain(node) as Readonly<Record<string, unknown>>
    throw this.wrong(node, at, 'a mapping', this.#kind(node))
  }

  texts(node: unknown, at: string): Readonly<Record<string, string>> | undefined {
    const found = this.object(node, at)
    if (found === undefined) return undefined
    const odd = Object.entries(found).find(([, value]) => typeof value !== 'string')
    if (odd !== undefined)
      throw this.wrong(node, `${at}.${odd[0]}`, 'a text', typeof odd[1], 'Put quotes around it.')
    return found as Readonly<Record<string, string>>
  }

  plain(node: unknown): unknown {
    return node === undefined ? undefined : (node as Node).toJS(this.#document)
  }

  required<Value>(value: Value | undefined, node: unknown, at: string): Value {
    if (value !== undefined) return value
    throw this.wrong(node, at, 'a value', 'nothing', `Add ${at.split('.').at(-1)}.`)
  }

  optional<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
    return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Value }
  }

  wrong(node: unknown, at: string, expected: string, found: string, hint?: string): ConformanceError {
    const message = `Expected ${at} to be ${expected}, found ${found}.`
    return this.error(offsetOf(node), message, hint ?? this.#help)
  }

  error(offset: number, message: string, hint: string): ConformanceError {
    const { line, col } = this.#lines.linePos(offset)
    return new ConformanceError('configuration-invalid', `${this.#file}:${line}:${col}: ${message}`, { hint })
  }

  #key(pair: Pair, at: string, keys: readonly string[]): string {
    const name = isScalar(pair.key) ? String(pair.key.value) : ''
    if (keys.includes(name)) return name
    const near = nearest(name, keys)
    throw this.wrong(
      pair.key,
      `a key of ${at}`,
      `one of ${keys.join(', ')}`,
      `"${name}"`,
      near === undefined ? undefined : `Did you mean ${near}?`,
    )
  }

  #kind(node: unknown): string {
    const value = this.plain(node)
    if (Array.isArray(value)) return 'a list'
    return value === null ? 'nothing' : typeof value === 'object' ? 'a mapping' : `a ${typeof value}`
  }
}

function offsetOf(node: unknown): number {
  if (typeof node !== 'object' || node === null || !('range' in node)) return 0
  return (node.range as readonly number[] | null | undefined)?.[0] ?? 0
}
