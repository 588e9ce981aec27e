import { nearest } from '../../host/nearest.ts'
import type { Catalogue } from '../kernel/catalogue.ts'
import type { KnownIssue } from '../kernel/known-issue.ts'
import { readYamlFile } from '../yaml/read-yaml-file.ts'
import { YamlReader } from '../yaml/yaml-reader.ts'

const keys = ['rule', 'case', 'kind', 'reason'] as const

/** Reads `conformance.known.yaml`: a list of broken rules that are known, each with a reason (docs/known-issues.md). */
export async function readKnownIssues(file: string, catalogue: Catalogue): Promise<readonly KnownIssue[]> {
  return parseKnownIssues(await readYamlFile(file), file, catalogue)
}

/** Parses the text of a `conformance.known.yaml`; an entry that can match nothing is an error with its place. */
export function parseKnownIssues(text: string, file: string, catalogue: Catalogue): readonly KnownIssue[] {
  const reader = new YamlReader(text, file, 'See docs/known-issues.md for the shape of the file.')
  return reader
    .list(reader.contents, 'the file')
    .map((node, index) => entry(reader, node, `[${index}]`, catalogue))
}

function entry(reader: YamlReader, node: unknown, at: string, catalogue: Catalogue): KnownIssue {
  const fields = reader.record(node, at, keys)
  const text = (key: (typeof keys)[number]): string | undefined => reader.text(fields[key], `${at}.${key}`)
  const rule = reader.required(text('rule'), node, `${at}.rule`)
  const rules = catalogue.rules.map(({ id }) => id)
  if (!rules.includes(rule)) throw unknown(reader, fields['rule'], `${at}.rule`, rule, rules, 'a rule')
  const judges = [...catalogue.cases, ...catalogue.observers]
    .filter((one) => one.judges.some((judged) => judged.id === rule))
    .map(({ id }) => id)
  const judge = text('case')
  if (judge !== undefined && !judges.includes(judge))
    throw unknown(reader, fields['case'], `${at}.case`, judge, judges, `a case that judges ${rule}`)
  const kind = text('kind') ?? 'failing'
  if (kind !== 'failing' && kind !== 'flaky')
    throw reader.wrong(fields['kind'], `${at}.kind`, 'failing or flaky', `"${kind}"`)
  const reason = reader.required(text('reason'), node, `${at}.reason`)
  if (reason.trim() === '')
    throw reader.wrong(
      fields['reason'],
      `${at}.reason`,
      'a reason',
      'nothing',
      'Say why this is acceptable for now.',
    )
  return { rule, ...reader.optional('case', judge), kind, reason, place: reader.place(node) }
}

function unknown(
  reader: YamlReader,
  node: unknown,
  at: string,
  found: string,
  known: readonly string[],
  what: string,
) {
  const near = nearest(found, known)
  const hint =
    near === undefined
      ? `It is one of: ${known.slice(0, 10).join(', ')}${known.length > 10 ? ', …' : ''}`
      : `Did you mean ${near}?`
  return reader.wrong(node, at, what, `"${found}"`, hint)
}
