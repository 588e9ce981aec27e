import type { Field, Frame } from '../../host/frames/frame.ts'
import { clip } from '../../host/frames/finding.ts'
import { fieldsThat, isDimension } from './fields.ts'

/** Labels or dimensions of one item. */
export type Labels = Readonly<Record<string, string>>

/** One text for one set of labels, whatever their order. */
export function labelsKey(labels: Labels = {}): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Labels as alert rules print them (sdk-go:data/labels.go String). */
export function describeLabels(labels: Labels = {}): string {
  const pairs = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))
  return clip(pairs.map(([key, value]) => `${key}=${value}`).join(', '))
}

/** Reads the dimensions of each row of a long frame: its string columns, null as the empty text, of equal names the later (PLANE-017). */
export function dimensionsOf(frame: Frame): (row: number) => Labels {
  const columns = fieldsThat(frame, isDimension).map(({ field }) => field)
  return (row) => Object.fromEntries(columns.map((column) => [column.name, textAt(column, row)]))
}

function textAt({ values }: Field, row: number): string {
  const value = values[row]
  return typeof value === 'string' ? value : ''
}
