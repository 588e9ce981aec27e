import { isUtf8 } from 'node:buffer'

import { findInDistribution } from './exposition/distribution-findings.ts'
import type { ExpositionFinding, Family } from './exposition/family.ts'
import { findForeignFormat } from './exposition/foreign-format.ts'
import { groupFamilies } from './exposition/group-families.ts'
import { readTextLine } from './exposition/read-text-line.ts'

export type { ExpositionFinding, Family, MetricType, Sample } from './exposition/family.ts'
export { decreasedCounters, type DecreasedCounter } from './exposition/decreased-counters.ts'

const LF = 0x0a
const BYTE_ORDER_MARK = '\ufeff'

/** What a scraper would take from an answer to CollectMetrics, and what it would stumble over. */
export interface Exposition {
  /** In order of appearance; a family that is described but has no samples is among them. */
  readonly families: readonly Family[]
  /** In order of line and column. */
  readonly findings: readonly ExpositionFinding[]
}

/**
 * Reads Prometheus' text format 0.0.4 strictly (METRICS-003, METRICS-004).
 *
 * A line is refused if the Prometheus server's own parser refuses it (prometheus/prometheus model/textparse/promparse.go), or if the format's
 * reference library does (prometheus/common expfmt/text_parse.go) and the format's description does not allow it. Comments may say
 * anything, `# EOF` and `# UNIT` included. Each line is judged on its own, so one fault hides no other.
 */
export function parseExposition(bytes: Uint8Array): Exposition {
  const foreign = findForeignFormat(bytes)
  if (foreign !== undefined) return { families: [], findings: [foreign] }
  const lines = decodeLines(bytes)
  const grouped = groupFamilies(lines.map(({ line, text }) => ({ line, content: readTextLine(text) })))
  const findings = [
    ...lines.flatMap((line) => encodingFindings(line)),
    ...grouped.findings,
    ...grouped.families.filter(({ isDamaged }) => !isDamaged).flatMap((family) => findInDistribution(family)),
    ...endFindings(lines.at(-1)),
  ]
  return {
    families: grouped.families.map(({ isDamaged: _isDamaged, ...family }) => family),
    findings: findings.sort((one, other) => one.line - other.line || one.column - other.column),
  }
}

interface DecodedLine {
  readonly line: number
  readonly text: string
  readonly isUtf8: boolean
  readonly hasByteOrderMark: boolean
}

/** Splits at line feeds; the last element is what follows the last of them. */
function decodeLines(bytes: Uint8Array): readonly DecodedLine[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const lines: DecodedLine[] = []
  for (let start = 0; start <= bytes.length;) {
    const lineFeed = bytes.indexOf(LF, start)
    const end = lineFeed === -1 ? bytes.length : lineFeed
    const part = bytes.subarray(start, end)
    const text = decoder.decode(part)
    const hasByteOrderMark = start === 0 && text.startsWith(BYTE_ORDER_MARK)
    lines.push({
      line: lines.length + 1,
      text: hasByteOrderMark ? text.slice(1) : text,
      isUtf8: isUtf8(part),
      hasByteOrderMark,
    })
    start = end + 1
  }
  return lines
}

function encodingFindings({
  line,
  text,
  isUtf8: isValid,
  hasByteOrderMark,
}: DecodedLine): readonly ExpositionFinding[] {
  const findings: ExpositionFinding[] = []
  if (hasByteOrderMark) {
    const message = 'Expected text without a byte order mark, found one.'
    findings.push({ spec: 'METRICS-004', line, column: 1, message })
  }
  if (!isValid) {
    const message = 'Expected text in UTF-8, found a byte that is none.'
    findings.push({ spec: 'METRICS-004', line, column: text.indexOf('\ufffd') + 1, message })
  }
  return findings
}

// Blanks behind the last line feed are a line that says nothing; they end the text as well (expfmt/text_parse.go, `startOfLine`).
function endFindings(last: DecodedLine | undefined): readonly ExpositionFinding[] {
  if (last === undefined || /^[ \t]*$/.test(last.text)) return []
  const message = 'Expected a line feed at the end of the text, found none.'
  return [{ spec: 'METRICS-003', line: last.line, column: last.text.length + 1, message }]
}
