import { readFile } from 'node:fs/promises'

import { ConformanceError } from '../conformance-error.ts'
import { nearest } from '../nearest.ts'
import { manifestShape, misshape } from './manifest-shape.ts'
import type { JsonNode } from './positioned-json.ts'
import { plainValue, positionAt, readJson } from './positioned-json.ts'
import type { PluginJson, PluginType } from './subject.ts'
import { pluginTypes } from './subject.ts'

/** Reads and checks a `plugin.json`; what Grafana would refuse is a `plugin-json-invalid` with file, line and column. */
export async function readPluginJson(file: string): Promise<PluginJson> {
  return parsePluginJson(await readText(file), file)
}

/**
 * Understands the text of a `plugin.json` as Grafana does.
 *
 * Grafana decodes with Go's `encoding/json` (grafana:pkg/plugins/plugins.go `ReadPluginJSON`): unknown keys and anything after
 * the document are ignored, keys match whatever their letter case, of repeated keys the last counts, `null` means absent. It
 * demands an id and a known type. `file` is only named in errors.
 */
export function parsePluginJson(text: string, file: string): PluginJson {
  const source = { text, file }
  const outcome = readJson(text)
  if (outcome.kind === 'syntax-error') {
    const message = `Expected ${outcome.expected}, found ${outcome.found} (${place(source, outcome.offset)}).`
    throw invalid(message, syntaxHint(outcome))
  }
  const root = outcome.node
  if (root.kind !== 'object') throw wrongType(source, 'the document', 'an object', root)
  const misfit = misshape(root, manifestShape)
  if (misfit !== undefined) throw wrongType(source, `\`${misfit.path}\``, misfit.expected, misfit.node)
  const id = requiredText(source, root, 'id')
  const type = requiredText(source, root, 'type')
  const info = memberOf(root, 'info')
  if (info !== undefined && info.kind !== 'object') throw wrongType(source, '`info`', 'an object', info)
  const executable = optionalText(source, 'executable', memberOf(root, 'executable'))
  return {
    id: id.value,
    type: knownType(source, type),
    name: optionalText(source, 'name', memberOf(root, 'name')),
    version: info === undefined ? '' : optionalText(source, 'info.version', memberOf(info, 'version')),
    backend: flag(source, root, 'backend'),
    executable: executable === '' ? undefined : executable,
    streaming: flag(source, root, 'streaming'),
    alerting: flag(source, root, 'alerting'),
    metrics: flag(source, root, 'metrics'),
    logs: flag(source, root, 'logs'),
    annotations: flag(source, root, 'annotations'),
    tracing: flag(source, root, 'tracing'),
    raw: Object.fromEntries(root.members.map((member) => [member.key, plainValue(member.value)])),
  }
}

interface Source {
  readonly text: string
  readonly file: string
}

interface TextAt {
  readonly value: string
  readonly offset: number
}

async function readText(file: string): Promise<string> {
  let bytes: Buffer
  try {
    bytes = await readFile(file)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const message = `Expected a readable plugin.json at ${file}, but reading it failed: ${reason}.`
    throw new ConformanceError('plugin-json-invalid', message, {
      hint: 'Check the file and its permissions.',
      cause,
    })
  }
  // Keeps a byte-order mark, because Grafana's decoder stumbles over it; replaces broken UTF-8, because Grafana's does too.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

function requiredText(source: Source, root: JsonNode, key: string): TextAt {
  const node = memberOf(root, key)
  if (node === undefined) {
    const similar = nearestKey(root, key)
    const found = similar === undefined ? 'no such key' : `no such key, but \`${similar}\``
    const message = `Expected plugin.json to have \`${key}\`, found ${found} (${place(source, root.offset)}).`
    throw invalid(message, similar === undefined ? `Add "${key}".` : `Rename "${similar}" to "${key}".`)
  }
  const value = optionalText(source, key, node)
  if (value === '') {
    const message = `Expected \`${key}\` not to be empty (${place(source, node.offset)}).`
    throw invalid(message, `Write the plugin's ${key} there; Grafana skips a plugin without one.`)
  }
  return { value, offset: node.offset }
}

function optionalText(source: Source, name: string, node: JsonNode | undefined): string {
  if (node === undefined) return ''
  if (node.kind !== 'string') throw wrongType(source, `\`${name}\``, 'a string', node)
  return node.value
}

function flag(source: Source, root: JsonNode, key: string): boolean {
  const node = memberOf(root, key)
  if (node === undefined) return false
  if (node.kind !== 'boolean') throw wrongType(source, `\`${key}\``, 'true or false', node)
  return node.value
}

function knownType(source: Source, type: TextAt): PluginType {
  const known = pluginTypes.find((candidate) => candidate === type.value)
  if (known !== undefined) return known
  const message = `Expected \`type\` to be one of ${pluginTypes.join(', ')}, found "${type.value}" (${place(source, type.offset)}).`
  const similar = nearest(type.value, pluginTypes)
  throw invalid(
    message,
    similar === undefined ? 'A data source has the type "datasource".' : `Did you mean "${similar}"?`,
  )
}

/** The last member of that name, letter case aside, that is not null: what Go's decoder leaves in the field. */
function memberOf(node: JsonNode, key: string): JsonNode | undefined {
  if (node.kind !== 'object') return undefined
  const matching = node.members.filter((member) => member.key.toLowerCase() === key.toLowerCase())
  return matching.findLast((member) => member.value.kind !== 'null')?.value
}

function nearestKey(root: JsonNode, key: string): string | undefined {
  if (root.kind !== 'object') return undefined
  const known = new Set(['id', 'type', 'name', 'info', 'backend', 'executable'])
  return nearest(
    key,
    root.members.map((member) => member.key).filter((candidate) => !known.has(candidate)),
  )
}

function wrongType(source: Source, name: string, expected: string, node: JsonNode): ConformanceError {
  const message = `Expected ${name} to be ${expected}, found ${described(node)} (${place(source, node.offset)}).`
  const quoted = node.kind === 'string' && (node.value === 'true' || node.value === 'false')
  if (expected === 'true or false' && quoted) return invalid(message, `Write ${node.value} without quotes.`)
  return invalid(message, 'Grafana refuses the whole file for this; correct the value.')
}

function described(node: JsonNode): string {
  switch (node.kind) {
    case 'null':
      return 'null'
    case 'boolean':
      return String(node.value)
    case 'number':
      return `the number ${node.value}`
    case 'string':
      return `the string ${JSON.stringify(node.value)}`
    case 'array':
      return 'a list'
    case 'object':
      return 'an object'
    default:
      return node satisfies never
  }
}

function syntaxHint(outcome: { readonly expected: string; readonly found: string }): string {
  const { expected, found } = outcome
  if (found === 'a comment') return 'JSON has no comments; remove it.'
  if (found === 'a byte-order mark') return 'Save the file as UTF-8 without a byte-order mark.'
  if (found === '\uFFFD' || found === 'the control character U+0000') return 'Save the file as UTF-8.'
  if (found === "'") return 'JSON strings stand in double quotes.'
  if (found === 'the end of the file') return 'The file ends too early; was it written completely?'
  if (found === '}' && expected.startsWith('a key')) return 'Remove the comma before the brace.'
  if (found === ']' && expected === 'a value') return 'Remove the comma before the bracket.'
  return 'Correct the file; Grafana refuses it as it is.'
}

function place(source: Source, offset: number): string {
  const { line, column } = positionAt(source.text, offset)
  return `${source.file}:${line}:${column}`
}

function invalid(message: string, hint: string): ConformanceError {
  return new ConformanceError('plugin-json-invalid', message, { hint })
}
