import { ConformanceError } from '../host/conformance-error.ts'
import { nearest } from '../host/nearest.ts'
import { labelled, paint } from '../suites/report/text.ts'
import { readCatalogue } from './catalogue-file.ts'
import type { Terminal } from './streams.ts'

/** Prints the catalogue: rules by area, or everything as JSON. */
export function listCommand(
  flags: { readonly json?: true; readonly area?: string },
  terminal: Terminal,
): number {
  const catalogue = readCatalogue()
  const areas = [...new Set(catalogue.rules.map((rule) => rule.area))]
  const { area } = flags
  if (area !== undefined && !areas.includes(area)) {
    const near = nearest(area, areas)
    throw new ConformanceError(
      'usage',
      `Expected --area to be one of ${areas.join(', ')}; found "${area}".`,
      near === undefined ? {} : { hint: `Did you mean ${near}?` },
    )
  }
  const rules = catalogue.rules.filter((rule) => area === undefined || rule.area === area)
  if (flags.json === true) {
    terminal.out(
      `${JSON.stringify(area === undefined ? catalogue : { ...catalogue, rules }, undefined, 2)}\n`,
    )
    return 0
  }
  const { style } = terminal
  for (const name of areas.filter((one) => area === undefined || one === area)) {
    terminal.out(`${paint(style, 'strong', name)}\n`)
    for (const rule of rules.filter((one) => one.area === name)) {
      const lines = labelled('', rule.statement, { indent: 4, columns: style.columns })
      terminal.out(
        `  ${rule.id}  ${rule.level.toUpperCase()}\n${lines.map((line) => `${paint(style, 'dim', line)}\n`).join('')}`,
      )
    }
  }
  terminal.out(`${rules.length} rules. Explain one: grafana-plugin-conformance explain <rule>\n`)
  return 0
}
