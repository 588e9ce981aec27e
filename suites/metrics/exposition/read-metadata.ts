import type { MetricType } from './family.ts'
import { characterAt, matchAt, METRIC_NAME, skipBlanks } from './scan.ts'
import type { TextLine } from './text-line.ts'
import { unescapeText } from './unescape.ts'

const TYPES: readonly MetricType[] = ['counter', 'gauge', 'histogram', 'summary', 'untyped']

const OPENMETRICS_TYPES: readonly string[] = ['unknown', 'info', 'stateset', 'gaugehistogram']

/** Reads a line that begins with `#`: HELP, TYPE, or a comment, which may say anything. */
export function readMetadata(line: string): TextLine {
  // Without a blank on both sides HELP and TYPE are words of a comment to the Prometheus server (model/textparse/promlex.l).
  const start = /^[ \t]*#[ \t]+(?<keyword>HELP|TYPE)[ \t]+/.exec(line)
  if (start === null) return { kind: 'nothing' }
  const keyword = start.groups?.['keyword'] ?? ''
  const name = matchAt(METRIC_NAME, line, start[0].length)
  const end = start[0].length + (name?.length ?? 0)
  if (name === undefined || !/^(?:[ \t]|$)/.test(line.slice(end))) {
    const message = `Expected a metric name after ${keyword}, found ${characterAt(line, end)}.`
    return { kind: 'fault', spec: 'METRICS-003', column: end + 1, message }
  }
  return keyword === 'HELP' ? readHelp(line, name, end) : readType(line, name, end)
}

function readHelp(line: string, name: string, nameEnd: number): TextLine {
  const start = skipBlanks(line, nameEnd)
  const help = unescapeText(line.slice(start))
  if (help.kind === 'text') return { kind: 'help', name, help: help.text }
  const offset = start + help.offset
  const message = String.raw`Expected \\ or \n in the help of ${name}, found a backslash before ${characterAt(line, offset + 1)}.`
  return { kind: 'fault', spec: 'METRICS-003', column: offset + 1, message, name }
}

function readType(line: string, name: string, nameEnd: number): TextLine {
  // Exactly one blank and nothing behind the type: Prometheus' own parser compares all that follows the first blank.
  const start = nameEnd + 1
  const word = line.slice(start)
  const type = TYPES.find((known) => known === word)
  if (type !== undefined) return { kind: 'type', name, type }
  const meant = word.trim().toLowerCase()
  if (OPENMETRICS_TYPES.includes(meant)) {
    const message = `Expected a type of the text format 0.0.4 for ${name}, found ${meant}, which only OpenMetrics knows.`
    return { kind: 'fault', spec: 'METRICS-004', column: start + 1, message, name }
  }
  const guess = TYPES.find((known) => known === meant)
  const message = `Expected one of ${TYPES.join(', ')} after one blank as the type of ${name}, found ${JSON.stringify(word)}.`
  const fault = { kind: 'fault', spec: 'METRICS-003', column: start + 1, message, name } as const
  return guess === undefined ? fault : { ...fault, type: guess }
}
