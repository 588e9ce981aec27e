import { ConformanceError } from '../host/conformance-error.ts'
import { nearest } from '../host/nearest.ts'
import { nameSource } from '../suites/report/broken-rule.ts'
import { labelled, paint } from '../suites/report/text.ts'
import { readCatalogue } from './catalogue-file.ts'
import type { Terminal } from './streams.ts'

/** Prints one rule: statement, consequence, sources, who judges it and which misdeeds it catches. */
export function explainCommand(id: string, terminal: Terminal): number {
  const { rules } = readCatalogue()
  const rule = rules.find((one) => one.id === id)
  if (rule === undefined) {
    const near = nearest(
      id,
      rules.map((one) => one.id),
    )
    throw new ConformanceError('usage', `There is no rule "${id}".`, {
      hint: near === undefined ? 'See `grafana-plugin-conformance list`.' : `Did you mean ${near}?`,
    })
  }
  const { style } = terminal
  const { columns } = style
  const line = (label: string, text: string): readonly string[] =>
    labelled(label.padEnd(12), text, { indent: 2, columns })
  const lines = [
    paint(style, 'strong', `${rule.id}  ${rule.level.toUpperCase()}`),
    ...labelled('', rule.statement, { indent: 2, columns }),
    '',
    ...line('In Grafana', rule.consequence),
    ...line('Sources', rule.sources.map((source) => nameSource(source)).join(', ')),
    ...(rule.since === undefined ? [] : line('Since', rule.since)),
    ...rule.cases.flatMap((one) => line('Judged by', `${one.id}: ${one.title}`)),
    ...line('Catches', rule.mutants.join(', ')),
  ]
  terminal.out(`${lines.join('\n')}\n`)
  return 0
}
