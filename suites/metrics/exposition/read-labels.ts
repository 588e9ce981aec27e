import { characterAt, matchAt, skipBlanks } from './scan.ts'
import type { FaultyLine } from './text-line.ts'
import { unescapeText } from './unescape.ts'

/** The labels of a sample and the offset behind their closing brace. */
export interface LabelSet {
  readonly kind: 'labels'
  readonly labels: Readonly<Record<string, string>>
  readonly end: number
}

const LABEL_NAME = /[a-zA-Z_][a-zA-Z0-9_]*/y
const LABEL_VALUE = /"[^"\\]*(?:\\[^][^"\\]*)*"/y

/** Reads labels from the opening brace at `offset` on. A comma before the closing brace is allowed. */
export function readLabels(line: string, offset: number): LabelSet | FaultyLine {
  const labels = new Map<string, string>()
  let at = skipBlanks(line, offset + 1)
  while (line[at] !== '}') {
    const name = matchAt(LABEL_NAME, line, at)
    if (name === undefined) return fault(at, `Expected a label name, found ${characterAt(line, at)}.`)
    if (name === '__name__')
      return fault(at, 'Expected a label name other than __name__, which stands for the metric.')
    if (labels.has(name)) return fault(at, `Expected each label once, found ${name} again.`)
    at = skipBlanks(line, at + name.length)
    if (line[at] !== '=')
      return fault(at, `Expected = after the label name ${name}, found ${characterAt(line, at)}.`)
    at = skipBlanks(line, at + 1)
    if (line[at] !== '"')
      return fault(at, `Expected a quoted value of label ${name}, found ${characterAt(line, at)}.`)
    const quoted = matchAt(LABEL_VALUE, line, at)
    if (quoted === undefined)
      return fault(line.length, `Expected the closing quote of label ${name}, found the end of the line.`)
    const value = unescapeText(quoted.slice(1, -1))
    if (value.kind === 'bad-escape') return badEscape(line, name, at + 1 + value.offset)
    labels.set(name, value.text)
    at = skipBlanks(line, at + quoted.length)
    if (line[at] === ',') at = skipBlanks(line, at + 1)
    else if (line[at] !== '}')
      return fault(at, `Expected , or } after the value of label ${name}, found ${characterAt(line, at)}.`)
  }
  return { kind: 'labels', labels: Object.fromEntries(labels), end: at + 1 }
}

function badEscape(line: string, name: string, offset: number): FaultyLine {
  const found = `found a backslash before ${characterAt(line, offset + 1)}`
  return fault(offset, String.raw`Expected \\, \" or \n in the value of label ${name}, ${found}.`)
}

function fault(offset: number, message: string): FaultyLine {
  return { kind: 'fault', spec: 'METRICS-003', column: offset + 1, message }
}
