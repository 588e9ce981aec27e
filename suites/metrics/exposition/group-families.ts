import type { ExpositionFinding, Family, MetricType, Sample } from './family.ts'
import { seriesName } from './series-name.ts'
import type { TextLine } from './text-line.ts'

/** A line together with its number. */
export interface NumberedLine {
  readonly line: number
  readonly content: TextLine
}

/** A family that is known to lack lines because some could not be read; its samples cannot be held against each other. */
export interface GroupedFamily extends Family {
  readonly isDamaged: boolean
}

interface Draft {
  readonly name: string
  type: MetricType | undefined
  help: string | undefined
  isDamaged: boolean
  readonly samples: Sample[]
}

/**
 * Collects lines into families and finds what is wrong between lines.
 *
 * HELP and TYPE stand at most once and before the samples, all lines of a family are together, and no series comes twice (METRICS-003;
 * Prometheus' description of the text format 0.0.4, "Comments, help text, and type information" and "Grouping and sorting").
 */
export function groupFamilies(lines: readonly NumberedLine[]): {
  readonly families: readonly GroupedFamily[]
  readonly findings: readonly ExpositionFinding[]
} {
  const drafts = new Map<string, Draft>()
  const seriesLines = new Map<string, number>()
  const findings: ExpositionFinding[] = []
  let current: Draft | undefined

  function report(line: number, message: string): void {
    findings.push({ spec: 'METRICS-003', line, column: 1, message })
  }

  function enter(name: string, line: number): Draft {
    const known = findDraft(drafts, name)
    if (known !== undefined && known !== current) {
      report(
        line,
        `Expected all lines of ${known.name} together, found lines of ${current?.name ?? name} between them.`,
      )
    }
    current = known ?? { name, type: undefined, help: undefined, isDamaged: false, samples: [] }
    drafts.set(current.name, current)
    return current
  }

  function describe(keyword: 'help' | 'type', draft: Draft, line: number): void {
    const word = keyword.toUpperCase()
    if (draft[keyword] !== undefined)
      report(line, `Expected one ${word} line for ${draft.name}, found another.`)
    else if (draft.samples.length > 0)
      report(line, `Expected ${word} of ${draft.name} before its samples, found it after them.`)
  }

  function addSample(draft: Draft, sample: Sample): void {
    const series = seriesName(sample)
    const first = seriesLines.get(series)
    if (first === undefined) seriesLines.set(series, sample.line)
    else report(sample.line, `Expected each series once, found ${series} again (first in line ${first}).`)
    draft.samples.push(sample)
  }

  for (const { line, content } of lines) {
    switch (content.kind) {
      case 'nothing':
        break
      case 'help': {
        const draft = enter(content.name, line)
        describe('help', draft, line)
        draft.help ??= content.help
        break
      }
      case 'type': {
        const draft = enter(content.name, line)
        describe('type', draft, line)
        draft.type ??= content.type
        break
      }
      case 'sample': {
        const { kind: _kind, ...sample } = content
        addSample(enter(content.name, line), { ...sample, line })
        break
      }
      case 'fault': {
        findings.push({ spec: content.spec, line, column: content.column, message: content.message })
        if (content.name === undefined) break
        const draft = content.type === undefined ? findDraft(drafts, content.name) : enter(content.name, line)
        if (draft === undefined) break
        draft.isDamaged = true
        draft.type ??= content.type
        break
      }
      default:
        content satisfies never
    }
  }
  return { families: [...drafts.values()].map(finish), findings }
}

// `x_count` belongs to the histogram or summary x only if no family has that very name (expfmt/text_parse.go, `setOrCreateCurrentMF`).
function findDraft(drafts: ReadonlyMap<string, Draft>, name: string): Draft | undefined {
  const exact = drafts.get(name)
  if (exact !== undefined) return exact
  const [, base = '', suffix = ''] = /^(.+)_(bucket|sum|count)$/.exec(name) ?? []
  const draft = drafts.get(base)
  if (draft?.type === 'histogram') return draft
  return draft?.type === 'summary' && suffix !== 'bucket' ? draft : undefined
}

function finish({ name, type, help, isDamaged, samples }: Draft): GroupedFamily {
  const family = { name, type: type ?? 'untyped', samples, isDamaged } as const
  return help === undefined ? family : { ...family, help }
}
