import type { Diagnosis, Exhibit } from '../../host/diagnosis/diagnosis.ts'
import { labelled, paint, printable } from './text.ts'
import type { TextStyle } from './text.ts'

/** A diagnosis for a person: what happened, why, what to change, what Grafana logs, and what all that rests on. */
export function renderDiagnosis(diagnosis: Diagnosis, style: TextStyle): readonly string[] {
  const { columns } = style
  const line = (label: string, text: string, most?: number): readonly string[] =>
    text === '' ? [] : labelled(label, text, { indent: 2, columns, ...(most === undefined ? {} : { most }) })
  const server = 'the whole server exits with status 2, all dashboards with it.'
  return [
    ...labelled('✗ ', diagnosis.what, { indent: 0, columns }).map((text) => paint(style, 'bad', text)),
    ...line('Cause: ', diagnosis.cause),
    ...line('Fix: ', diagnosis.fix),
    ...(diagnosis.blast === 'server' ? line('In Grafana: ', server) : []),
    ...line('Grafana logs: ', diagnosis.grafanaLog, LOG_LINES),
    ...diagnosis.exhibits.flatMap((exhibit) => renderExhibit(exhibit, style)),
  ]
}

/** The hint of go-plugin and its notes about the file take about ten lines; a first line of stdout may take any number. */
const LOG_LINES = 16

/** Texts in exhibits are the plugin's, of any length. */
const CELL = 400

function renderExhibit({ title, rows }: Exhibit, style: TextStyle): readonly string[] {
  const cells = rows.map((row) => row.map((cell) => printable(cell).slice(0, CELL)))
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  )
  return [
    `  ${title}:`,
    ...cells.map((row) => {
      const padded = row.map((cell, column) =>
        column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0),
      )
      return paint(style, 'dim', `    ${padded.join('  ')}`.trimEnd())
    }),
  ]
}
