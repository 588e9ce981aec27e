import type { Findings } from './finding.ts'
import { clip, fieldPlace } from './finding.ts'
import type { Field, FieldValue } from './frame.ts'
import { readJsonCell, zeroOf } from './json-cell.ts'
import { applyEntities, applyNanos } from './json-overlays.ts'
import { describeJson } from './json-shape.ts'
import { isArray, isObject } from './json-text.ts'
import type { JsonObject, JsonValue } from './json-text.ts'

/** A field of a JSON frame before its values are known. */
export type DeclaredField = Omit<Field, 'values'>

/** Reads `data` (JSON-005 to 011) into one list of values for each field; undefined when the host refuses it. */
export function readJsonData(
  data: JsonValue,
  fields: readonly DeclaredField[],
  findings: Findings,
): FieldValue[][] | undefined {
  if (data === null) return fields.map(() => [])
  if (!isObject(data)) {
    findings.refuse('JSON-001', 'data', 'an object', describeJson(data))
    return undefined
  }
  judgeKeys(data, findings)
  const columns = readColumns(member(data, 'values'), fields, findings)
  if (columns === undefined || findings.refused) return undefined
  const entities = member(data, 'entities')
  const special = findSpecialRows(entities)
  const values = columns.map((column, index) => readColumn(column, index, { fields, special, findings }))
  applyEntities(entities, fields, values, { columns, findings })
  applyNanos(member(data, 'nanos'), fields, values, findings)
  return values
}

const KEYS = ['values', 'entities', 'nanos']

function judgeKeys(data: JsonObject, findings: Findings): void {
  const known = data.entries.map(([key]) => key).filter((key) => KEYS.includes(key))
  for (const [key] of data.entries.filter(([name]) => !KEYS.includes(name))) {
    findings.refuse('JSON-011', 'data', 'only the keys values, entities, nanos', JSON.stringify(clip(key)))
  }
  const order = known.map((key) => KEYS.indexOf(key))
  if (order.every((place, index) => index === 0 || place > (order[index - 1] ?? 0))) return
  findings.refuse('JSON-010', 'data', 'values, then entities, then nanos', known.join(', '))
}

function readColumns(
  value: JsonValue,
  fields: readonly DeclaredField[],
  findings: Findings,
): (readonly JsonValue[])[] | undefined {
  if (value === null) return fields.map(() => [])
  const columns = isArray(value) ? value.filter(isArray) : undefined
  if (!isArray(value) || columns?.length !== value.length) {
    findings.refuse('JSON-005', 'data.values', 'an array of arrays', describeJson(value))
    return undefined
  }
  if (columns.length === 0 && fields.length > 0) {
    // Trap T-23: fine for the host, an exception in the browser.
    findings.advise('JSON-005', 'data.values', `${fields.length} arrays`, 'none')
    return fields.map(() => [])
  }
  if (columns.length !== fields.length) {
    findings.refuse(
      'JSON-005',
      'data.values',
      `${fields.length} arrays, one for each field`,
      `${columns.length}`,
    )
    return undefined
  }
  const rows = columns[0]?.length ?? 0
  for (const [index, column] of columns.entries()) {
    const where = fieldPlace(fields[index]?.name ?? '', index)
    if (column.length !== rows)
      findings.refuse('JSON-005', where, `${rows} values`, `${column.length} values`)
  }
  return columns
}

interface ColumnScope {
  readonly fields: readonly DeclaredField[]
  readonly special: readonly ReadonlySet<number>[]
  readonly findings: Findings
}

/** Reads the cells of a column, whose type does not depend on its position although the host is laxer with the first. */
function readColumn(column: readonly JsonValue[], index: number, scope: ColumnScope): FieldValue[] {
  const field = scope.fields[index]
  if (field === undefined) return []
  const where = fieldPlace(field.name, index)
  let nulls = 0
  let firstNull = 0
  const values = column.map((cell, row): FieldValue => {
    if (cell !== null) return readJsonCell(field.type, cell, `${where} row ${row}`, scope.findings)
    if (field.nullable) return null
    if (!isFloat(field) || scope.special[index]?.has(row) !== true) {
      if (nulls === 0) firstNull = row
      nulls++
    }
    return zeroOf(field.type)
  })
  if (nulls > 0) {
    const found = `${nulls} nulls, the first in row ${firstNull}`
    scope.findings.add('JSON-007', where, 'no nulls, because the field is not nullable', found)
  }
  return values
}

/** Rows that `entities` claims for each field; what is wrong with them is judged when they are applied. */
function findSpecialRows(entities: JsonValue): ReadonlySet<number>[] {
  if (!isArray(entities)) return []
  return entities.map((entry) => {
    const lists = isObject(entry) ? entry.entries.map(([, rows]) => (isArray(rows) ? rows : [])) : []
    return new Set(lists.flat().filter((row) => typeof row === 'number'))
  })
}

function isFloat({ type }: DeclaredField): boolean {
  return type === 'float32' || type === 'float64'
}

function member(object: JsonObject, key: string): JsonValue {
  return object.entries.findLast(([name]) => name === key)?.[1] ?? null
}
