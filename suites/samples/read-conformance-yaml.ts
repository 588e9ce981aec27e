import { readFile } from 'node:fs/promises'

import { LineCounter, isMap, isScalar, parseDocument } from 'yaml'
import type { Document, Node, Pair } from 'yaml'

import { ConformanceError } from '../../host/conformance-error.ts'
import { nearest } from '../../host/nearest.ts'
import type { SampleChannel, SampleQuery, SampleResource, Samples } from '../kernel/samples.ts'

const topKeys = ['settings', 'queries', 'resources', 'channels'] as const
const settingsKeys = ['url', 'jsonData', 'secureJsonData'] as const
const queryKeys = ['name', 'model', 'queryType', 'expect', 'from', 'to'] as const
const resourceKeys = ['name', 'method', 'path', 'body'] as const
const channelKeys = ['path', 'data'] as const

/** Reads `conformance.yaml`: what a plugin's author says about queries, resources and channels that work (fixtures/conformance.schema.json). */
export async function readConformanceYaml(file: string): Promise<Samples> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    throw new ConformanceError(
      'configuration-invalid',
      `${file} can't be read: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    )
  }
  return parseConformanceYaml(text, file)
}

/** Parses the text of a `conformance.yaml`; errors name file, line and column. */
export function parseConformanceYaml(text: string, file: string): Samples {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const reader = new Reader(document, lines, file)
  const [problem] = document.errors
  if (problem !== undefined)
    throw reader.error(problem.pos[0], problem.message.split('\n')[0] ?? problem.message, 'Correct the YAML.')
  if (document.contents === null) return { queries: [], resources: [], channels: [], settings: {} }
  const top = reader.record(document.contents, 'the file', topKeys)
  const settings = reader.record(top['settings'], 'settings', settingsKeys)
  return {
    settings: {
      ...reader.optional('url', reader.text(settings['url'], 'settings.url')),
      ...reader.optional('jsonData', reader.object(settings['jsonData'], 'settings.jsonData')),
      ...reader.optional(
        'secureJsonData',
        reader.texts(settings['secureJsonData'], 'settings.secureJsonData'),
      ),
    },
    queries: reader
      .list(top['queries'], 'queries')
      .map((node, index) => query(reader, node, `queries[${index}]`)),
    resources: reader
      .list(top['resources'], 'resources')
      .map((node, index) => resource(reader, node, `resources[${index}]`)),
    channels: reader
      .list(top['channels'], 'channels')
      .map((node, index) => channel(reader, node, `channels[${index}]`)),
  }
}

function query(reader: Reader, node: unknown, at: string): SampleQuery {
  const fields = reader.record(node, at, queryKeys)
  const expect = reader.text(fields['expect'], `${at}.expect`) ?? 'data'
  if (expect !== 'data' && expect !== 'no-data' && expect !== 'error') {
    throw reader.wrong(fields['expect'], `${at}.expect`, 'data, no-data or error', `"${expect}"`)
  }
  return {
    name: reader.text(fields['name'], `${at}.name`) ?? at,
    model: reader.required(reader.object(fields['model'], `${at}.model`), node, `${at}.model`),
    expect,
    ...reader.optional('queryType', reader.text(fields['queryType'], `${at}.queryType`)),
    ...reader.optional('from', reader.number(fields['from'], `${at}.from`)),
    ...reader.optional('to', reader.number(fields['to'], `${at}.to`)),
  }
}

function resource(reader: Reader, node: unknown, at: string): SampleResource {
  const fields = reader.record(node, at, resourceKeys)
  const path = reader.required(reader.text(fields['path'], `${at}.path`), node, `${at}.path`)
  return {
    name: reader.text(fields['name'], `${at}.name`) ?? path,
    method: reader.text(fields['method'], `${at}.method`) ?? 'GET',
    path,
    ...reader.optional('body', reader.text(fields['body'], `${at}.body`)),
  }
}

function channel(reader: Reader, node: unknown, at: string): SampleChannel {
  const fields = reader.record(node, at, channelKeys)
  return {
    path: reader.required(reader.text(fields['path'], `${at}.path`), node, `${at}.path`),
    ...reader.optional('data', reader.plain(fields['data'])),
  }
}

/** Takes YAML nodes apart and says where something is wrong. */
class Reader {
  readonly #document: Document
  readonly #lines: LineCounter
  readonly #file: string

  constructor(document: Document, lines: LineCounter, file: string) {
    this.#document = document
    this.#lines = lines
    this.#file = file
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
    const range =
      typeof node === 'object' && node !== null && 'range' in node
        ? (node.range as readonly number[] | undefined)
        : undefined
    return this.error(
      range?.[0] ?? 0,
      `Expected ${at} to be ${expected}, found ${found}.`,
      hint ?? 'See docs/samples.md for the shape of the file.',
    )
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
