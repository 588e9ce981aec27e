import { isOpen } from './coverage.ts'
import type { Coverage } from './coverage.ts'

/** docs/coverage.md: for every rule of the protocol what stands for it. */
export function coveragePage(all: readonly Coverage[]): string {
  const documents = [...new Set(all.map(({ spec }) => spec.document))]
  return [
    '<!-- Generated from the catalogue, the tests and the protocol documents by `npm run docs`. -->',
    '',
    '# Coverage',
    '',
    'What stands for each numbered rule of the [protocol documents](protocol/): rules of the catalogue for what a plugin must and',
    'should do, oddballs for what it may do, tests for what the host does. Where neither is possible the reason is given.',
    '',
    '| Document | Rules | by a rule | by an oddball or a test | beyond reach | open |',
    '| --- | --- | --- | --- | --- | --- |',
    ...documents.map((document) =>
      sum(
        document,
        all.filter(({ spec }) => spec.document === document),
      ),
    ),
    '',
    ...documents.flatMap((document) =>
      section(
        document,
        all.filter(({ spec }) => spec.document === document),
      ),
    ),
  ].join('\n')
}

function sum(document: string, rows: readonly Coverage[]): string {
  const byRule = rows.filter(({ rules }) => rules.length > 0)
  const otherwise = rows.filter(
    ({ rules, oddballs, tests }) => rules.length === 0 && oddballs.length + tests.length > 0,
  )
  const beyond = rows.filter(({ reason }) => reason !== undefined)
  const counts = [rows, byRule, otherwise, beyond, rows.filter((row) => isOpen(row))].map(
    (some) => some.length,
  )
  return `| [${document}](#${document.replace('.', '')}) | ${counts.join(' | ')} |`
}

function section(document: string, rows: readonly Coverage[]): readonly string[] {
  return [
    `## ${document}`,
    '',
    '| Id | Level | What | Proof |',
    '| --- | --- | --- | --- |',
    ...rows.map((row) => line(row)),
    '',
  ]
}

function line(row: Coverage): string {
  const { spec, rules, oddballs, tests, reason } = row
  const proofs = [
    ...rules.map((rule) => `[${rule}](rules/${rule.split('/')[0]}.md)`),
    ...oddballs.map((oddball) => `oddball \`${oddball}\``),
    ...tests.map((file) => `test \`${file}\``),
    ...(reason === undefined ? [] : [`beyond reach: ${reason}`]),
    ...(isOpen(row) ? ['**open**'] : []),
  ]
  return `| ${spec.id} | ${spec.level.toUpperCase()} | ${cell(spec.title)} | ${proofs.join(', ') || '—'} |`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
