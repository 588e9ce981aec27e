import { isMap, isSeq, parseDocument } from 'yaml'
import type { YAMLMap } from 'yaml'

import type { Report, ReportedRule } from '../kernel/report.ts'

/** What an entry says that nobody has given a reason for yet. */
export const NO_REASON_YET = 'Say here why this is acceptable for now.'

const HEAD = `# Broken rules that are known, each with the reason why they are acceptable for now (docs/known-issues.md).
# kind: failing (the default) has to fail and is stale when it does not; flaky may fail.
`

/** Adds an entry for every rule that fails the run or is a warning and has none; everything else stays as it is, comments too. */
export function addKnownIssues(text: string, report: Report): string {
  const broken = report.rules.filter(({ standing }) => standing === 'fail' || standing === 'warning')
  const entries = broken.map((rule) => entryOf(rule)).join('')
  return entries === '' ? text : `${text === '' ? HEAD : text.replace(/\n*$/, '\n')}\n${entries}`
}

function entryOf(rule: ReportedRule): string {
  const { verdict } = rule
  const found = verdict.kind === 'broken' ? verdict.actual : ''
  const comment = found.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 100)
  return `- rule: ${rule.id}\n  kind: failing\n  reason: ${NO_REASON_YET} # found: ${comment}\n`
}

/** Removes the entries that are stale; everything else stays as it is, comments too. */
export function pruneKnownIssues(text: string, report: Report): string {
  const stale = new Set(report.rules.flatMap((rule) => (rule.standing === 'stale' ? [rule.id] : [])))
  const document = parseDocument(text)
  if (!isSeq(document.contents)) return text
  const kept = document.contents.items.filter(
    (item) => !(isMap(item) && stale.has(textOf(item, 'rule')) && textOf(item, 'kind') !== 'flaky'),
  )
  if (kept.length === document.contents.items.length) return text
  document.contents.items = kept
  return kept.length === 0 ? HEAD : document.toString({ lineWidth: 0 })
}

function textOf(entry: YAMLMap, key: string): string {
  return String(entry.get(key))
}
