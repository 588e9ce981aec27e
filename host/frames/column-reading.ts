import { bitAt, openCells } from './arrow-cells.ts'
import type { ArrowColumn } from './arrow-schema.ts'
import type { ColumnSlice } from './arrow-slice.ts'
import { cellFaults } from './cell-faults.ts'
import type { CellFaults } from './cell-faults.ts'
import type { Findings } from './finding.ts'
import { fieldPlace } from './finding.ts'
import type { FieldType, FieldValue } from './frame.ts'

/** More values than the memory that their input justifies. Caught inside this folder. */
export class TooManyValues extends Error {
  override readonly name = 'TooManyValues'
}

/** Memory that decoded values may take; `spend` throws `TooManyValues` when it is used up. */
export interface ValueBudget {
  spend(bytes: number): void
}

/** A column that grows batch by batch. */
export interface ColumnReading {
  readonly values: readonly FieldValue[]
  /** Appends a batch's rows as the host would see them. */
  append(slice: ColumnSlice): void
  /** Reports what was wrong with single cells, one finding for each rule. */
  conclude(): void
}

/** Starts reading a column; its type is one that the host accepts. */
export function readColumn(
  column: ArrowColumn,
  index: number,
  setting: { type: FieldType; littleEndian: boolean; enumSize: number | undefined },
  scope: { findings: Findings; budget: ValueBudget },
): ColumnReading {
  const values: FieldValue[] = []
  const where = fieldPlace(column.name, index)
  const faults = cellFaults(setting.type, setting.enumSize)
  return {
    values,
    append(slice) {
      judgeNulls(column, slice, where, scope.findings)
      const cells = openCells(column.type, slice, setting.littleEndian)
      if ('damage' in cells) {
        scope.findings.refuse('FRAME-014', where, cells.damage.expected, cells.damage.found)
        return
      }
      scope.budget.spend(SLOT_BYTES * slice.rows)
      const hasBits = slice.validity.length > 0
      // The host looks at the bitmap only when there should be nulls and the column may have some (FRAME-023, 024).
      const hostSeesNulls = hasBits && column.nullable && slice.nullCount !== 0
      for (let row = 0; row < slice.rows; row++) {
        const isNull = hasBits && !bitAt(slice.validity, row)
        if (isNull && hostSeesNulls) values.push(null)
        else
          values.push(readCell(cells.read(row), { faults, isNull, row: values.length, budget: scope.budget }))
      }
    },
    conclude() {
      faults.report(where, scope.findings)
    },
  }
}

/** What a value costs in V8: a slot in the array, and for texts and big integers an object. */
const SLOT_BYTES = 8
const OBJECT_BYTES = 24

interface CellSetting {
  readonly faults: CellFaults
  readonly isNull: boolean
  readonly row: number
  readonly budget: ValueBudget
}

function readCell(raw: number | bigint | boolean | Buffer, setting: CellSetting): FieldValue {
  const { faults, isNull, row, budget } = setting
  if (typeof raw === 'object') {
    // V8 keeps one empty text for all.
    if (raw.length > 0) budget.spend(OBJECT_BYTES + raw.length)
    const value = raw.toString('utf8')
    // What stands behind a null is undefined and nobody's fault.
    if (!isNull) faults.text(row, raw, value)
    return value
  }
  if (typeof raw === 'bigint') budget.spend(OBJECT_BYTES)
  if (!isNull) faults.number(row, raw)
  return raw
}

function judgeNulls(column: ArrowColumn, slice: ColumnSlice, where: string, findings: Findings): void {
  const cleared = slice.validity.length === 0 ? 0 : countCleared(slice)
  if (!column.nullable && cleared > 0) {
    findings.add(
      'FRAME-023',
      where,
      'no nulls, because the column is declared non-nullable',
      `${cleared} nulls`,
    )
    return
  }
  if (slice.nullCount === cleared) return
  const found = `null_count ${slice.nullCount}, ${cleared} nulls in the validity bitmap`
  findings.add('FRAME-024', where, 'a null_count that agrees with the validity bitmap', found)
}

function countCleared(slice: ColumnSlice): number {
  let cleared = 0
  for (let row = 0; row < slice.rows; row++) if (!bitAt(slice.validity, row)) cleared++
  return cleared
}
