import { parseGoFloat } from './parse-go-float.ts'
import { readLabels } from './read-labels.ts'
import { characterAt, matchAt, METRIC_NAME, skipBlanks } from './scan.ts'
import type { FaultyLine, TextLine } from './text-line.ts'

const TOKEN = /[^ \t]+/y

const MAX_INT64 = 2n ** 63n - 1n

/** Reads a line with a metric name, labels, a value and perhaps a timestamp. */
export function readSample(line: string): TextLine {
  const start = skipBlanks(line, 0)
  const name = matchAt(METRIC_NAME, line, start)
  if (name === undefined) return fault(start, `Expected a metric name, found ${characterAt(line, start)}.`)
  const nameEnd = start + name.length
  const brace = skipBlanks(line, nameEnd)
  const labels =
    line[brace] === '{' ? readLabels(line, brace) : ({ kind: 'labels', labels: {}, end: nameEnd } as const)
  if (labels.kind === 'fault') return { ...labels, name }
  const end = readValue(line, skipBlanks(line, labels.end))
  if (end.kind === 'fault') {
    if (brace > nameEnd || line[brace] === '{' || brace === line.length) return { ...end, name }
    return fault(
      nameEnd,
      `Expected a blank or { after the metric name ${name}, found ${characterAt(line, nameEnd)}.`,
    )
  }
  return { kind: 'sample', name, labels: labels.labels, ...end.rest }
}

interface SampleEnd {
  readonly kind: 'end'
  readonly rest: { readonly value: number; readonly timestamp?: number }
}

function readValue(line: string, start: number): SampleEnd | FaultyLine {
  const text = matchAt(TOKEN, line, start)
  if (text === undefined) return fault(start, 'Expected a value, found the end of the line.')
  const value = parseGoFloat(text)
  if (value === undefined) return fault(start, `Expected a number as value, found ${JSON.stringify(text)}.`)
  const timestampStart = skipBlanks(line, start + text.length)
  const timestampText = matchAt(TOKEN, line, timestampStart)
  if (timestampText === undefined) return { kind: 'end', rest: { value } }
  if (timestampText.startsWith('#')) return exemplar(timestampStart)
  // Digits only: Prometheus' own parser takes no sign here.
  if (!/^\d+$/.test(timestampText) || BigInt(timestampText) > MAX_INT64)
    return badTimestamp(timestampText, timestampStart)
  const behind = skipBlanks(line, timestampStart + timestampText.length)
  if (line[behind] === '#') return exemplar(behind)
  if (behind < line.length)
    return fault(behind, `Expected the end of the line, found ${characterAt(line, behind)}.`)
  return { kind: 'end', rest: { value, timestamp: Number(timestampText) } }
}

function badTimestamp(text: string, offset: number): FaultyLine {
  if (/^\d+\.\d+$/.test(text)) {
    const message = `Expected a timestamp in whole milliseconds, found ${text}, which only OpenMetrics allows.`
    return { ...fault(offset, message), spec: 'METRICS-004' }
  }
  return fault(offset, `Expected digits as timestamp in milliseconds, found ${JSON.stringify(text)}.`)
}

function exemplar(offset: number): FaultyLine {
  const message = 'Expected the end of the line, found an exemplar, which only OpenMetrics allows.'
  return { ...fault(offset, message), spec: 'METRICS-004' }
}

function fault(offset: number, message: string): FaultyLine {
  return { kind: 'fault', spec: 'METRICS-003', column: offset + 1, message }
}
