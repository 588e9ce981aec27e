import type { Findings } from './finding.ts'
import { clip, fieldPlace } from './finding.ts'
import type { Field, FieldValue } from './frame.ts'
import { describeJson, isInteger } from './json-shape.ts'
import { isArray, isObject } from './json-text.ts'
import type { JsonValue } from './json-text.ts'

type DeclaredField = Omit<Field, 'values'>

/** Puts NaN and the infinities where `data.entities` says (JSON-008). */
export function applyEntities(
  entities: JsonValue,
  fields: readonly DeclaredField[],
  values: readonly FieldValue[][],
  scope: { columns: readonly (readonly JsonValue[])[]; findings: Findings },
): void {
  const entries = openOverlay(entities, fields, { spec: 'JSON-008', name: 'entities' }, scope.findings)
  for (const { field, entry, index, where } of entries) {
    if (!isObject(entry) || (field.type !== 'float32' && field.type !== 'float64')) {
      scope.findings.refuse(
        'JSON-008',
        where,
        'null, or for a float field an object',
        `${describeJson(entry)} for ${field.type}`,
      )
      continue
    }
    for (const [name, rows] of entry.entries) {
      if (!specials.has(name))
        scope.findings.add('JSON-008', where, 'NaN, Inf or NegInf', JSON.stringify(clip(name)))
      const column = { cells: scope.columns[index] ?? [], values: values[index] ?? [] }
      applyEntity(rows, specials.get(name) ?? NaN, column, { where, findings: scope.findings })
    }
  }
}

/** Adds the part below the millisecond from `data.nanos` (JSON-009). */
export function applyNanos(
  nanos: JsonValue,
  fields: readonly DeclaredField[],
  values: readonly FieldValue[][],
  findings: Findings,
): void {
  for (const { field, entry, index, where } of openOverlay(
    nanos,
    fields,
    { spec: 'JSON-009', name: 'nanos' },
    findings,
  )) {
    const column = values[index] ?? []
    if (field.type !== 'time' || !isArray(entry) || entry.length !== column.length) {
      const expected = `null, or for a time field ${column.length} integers`
      findings.refuse('JSON-009', where, expected, `${describeJson(entry)} for ${field.type}`)
      continue
    }
    const fault = entry.find((part) => !isInteger(part, 0, MAX_NANOS))
    if (fault !== undefined)
      findings.add('JSON-009', where, `integers from 0 to ${MAX_NANOS}`, describeJson(fault))
    for (const [row, part] of entry.entries()) {
      const instant = column[row]
      if (typeof instant === 'bigint' && isInteger(part, 0, MAX_NANOS))
        column[row] = instant + BigInt(Number(part))
    }
  }
}

const MAX_NANOS = 999_999

const specials = new Map([
  ['NaN', NaN],
  ['Inf', Infinity],
  ['NegInf', -Infinity],
])

interface Overlay {
  readonly field: DeclaredField
  readonly entry: JsonValue
  readonly index: number
  readonly where: string
}

/** The entries of an overlay that say something, each with its field. */
function openOverlay(
  overlay: JsonValue,
  fields: readonly DeclaredField[],
  { spec, name }: { spec: string; name: string },
  findings: Findings,
): Overlay[] {
  if (overlay === null) return []
  if (!isArray(overlay) || overlay.length > fields.length) {
    findings.refuse(
      spec,
      `data.${name}`,
      `an array of at most ${fields.length} entries`,
      describeJson(overlay),
    )
    return []
  }
  return overlay.flatMap((entry, index) => {
    const field = fields[index]
    if (entry === null || field === undefined) return []
    return [{ field, entry, index, where: `${fieldPlace(field.name, index)} ${name}` }]
  })
}

interface OverlaidColumn {
  readonly cells: readonly JsonValue[]
  readonly values: FieldValue[]
}

function applyEntity(
  rows: JsonValue,
  special: number,
  { cells, values }: OverlaidColumn,
  { where, findings }: { where: string; findings: Findings },
): void {
  const outside = isArray(rows) ? rows.find((row) => !isInteger(row, 0, values.length - 1)) : rows
  if (!isArray(rows) || outside !== undefined) {
    findings.refuse('JSON-008', where, `row indices below ${values.length}`, describeJson(outside ?? rows))
    return
  }
  for (const row of rows) {
    const place = Number(row)
    if (cells[place] !== null) {
      findings.add('JSON-008', where, `null in row ${place} of values`, describeJson(cells[place] ?? null))
    }
    values[place] = special
  }
}
