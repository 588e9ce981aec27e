import { catalogue } from '../catalogue.ts'
import type { Rule } from '../kernel/rule.ts'
import { mutants } from '../variations.ts'
import { nameSource } from './broken-rule.ts'

/** The documentation of every rule, one Markdown page an area, by file name. */
export function rulePages(): Readonly<Record<string, string>> {
  const areas = [...new Set(catalogue.rules.map((rule) => rule.area))]
  const pages = areas.map((area) => [
    `${area}.md`,
    page(
      area,
      catalogue.rules.filter((rule) => rule.area === area),
    ),
  ])
  return { ...Object.fromEntries(pages), 'README.md': index(areas) }
}

const generated = '<!-- Generated from the catalogue by `npm run docs`. -->'

function index(areas: readonly string[]): string {
  const rows = areas.map((area) => {
    const rules = catalogue.rules.filter((rule) => rule.area === area)
    return `| [${area}](${area}.md) | ${rules.length} | ${rules.filter((rule) => rule.level === 'must').length} |`
  })
  return [
    generated,
    '',
    '# Rules',
    '',
    `${catalogue.rules.length} rules, proven by ${mutants.length} mutants.`,
    '',
    '| Area | Rules | of which MUST |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

function page(area: string, rules: readonly Rule[]): string {
  return [generated, '', `# ${area}`, '', ...rules.flatMap((rule) => section(rule))].join('\n')
}

function section(rule: Rule): readonly string[] {
  const judges = [...catalogue.cases, ...catalogue.observers].filter((one) =>
    one.judges.some((judged) => judged.id === rule.id),
  )
  const catches = mutants.filter((mutant) => mutant.breaks.some((broken) => broken.id === rule.id))
  return [
    `## ${rule.id}`,
    '',
    `**${rule.level.toUpperCase()}** · ${rule.statement}`,
    '',
    `- In Grafana: ${rule.consequence}`,
    `- Sources: ${rule.sources.map((source) => nameSource(source)).join(', ')}`,
    ...judges.map((one) => `- Judged by \`${one.id}\`: ${one.title}`),
    `- Catches: ${catches.map((mutant) => `\`${mutant.id}\``).join(', ')}`,
    '',
  ]
}
