import { bitAt, openCells } from './arrow-cells.ts'
import type { ArrowColumn } from './arrow-schema.ts'
import type { ColumnSlice } from './arrow-slice.ts'
import { cellFaults, ordinaryHighWords } from './cell-faults.ts'
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
  const ordinary = ordinaryHighWords(setting.type)
  const isBig = ordinary !== undefined
  const watched = isBig || setting.type === 'enum'
  // V8 keeps floating-point numbers unboxed in an array that grows, and boxes them in one with room.
  const growing = setting.type === 'float64' || setting.type === 'float32'
  // Texts repeat, names of hosts for example; V8 itself keeps one only of the empty text.
  const kept = new Map<string, string>([['', '']])
  function readText(raw: string | Buffer, row: number, judged: boolean): string {
    const value = typeof raw === 'string' ? raw : raw.toString('utf8')
    if (judged) faults.text(row, raw, value)
    const same = kept.get(value)
    if (same !== undefined) return same
    scope.budget.spend(OBJECT_BYTES + value.length)
    if (kept.size < MOST_KEPT) kept.set(value, value)
    return value
  }
  return {
    values,
    append(slice) {
      judgeNulls(column, slice, where, scope.findings)
      const cells = openCells(column.type, slice, setting.littleEndian)
      if ('damage' in cells) {
        scope.findings.refuse('FRAME-014', where, cells.damage.expected, cells.damage.found)
        return
      }
      scope.budget.spend((isBig ? SLOT_BYTES + OBJECT_BYTES : SLOT_BYTES) * slice.rows)
      const hasBits = slice.validity.length > 0
      // The host looks at the bitmap only when there should be nulls and the column may have some (FRAME-023, 024).
      const hostSeesNulls = hasBits && column.nullable && slice.nullCount !== 0
      const { read } = cells
      const [from, to] = ordinary ?? NO_WORDS
      const main = slice.buffers[0] ?? slice.validity
      const words = new DataView(main.buffer, main.byteOffset, main.byteLength)
      const isOrdinary = (row: number): boolean => {
        const high = words.getInt32(row * 8 + (setting.littleEndian ? 4 : 0), setting.littleEndian)
        return high >= from && high <= to
      }
      const start = values.length
      // Room for all at once: growing step by step copies, and leaves more to collect than the values are.
      if (!growing && start + slice.rows < LONGEST_FAST_ARRAY) values.length = start + slice.rows
      for (let row = 0; row < slice.rows; row++) {
        const isNull = hasBits && !bitAt(slice.validity, row)
        if (isNull && hostSeesNulls) {
          values[start + row] = null
          continue
        }
        const raw = read(row)
        // What stands behind a null is undefined and nobody's fault.
        if (growing && typeof raw === 'number') values.push(raw)
        else if (typeof raw === 'object' || typeof raw === 'string')
          values[start + row] = readText(raw, start + row, !isNull)
        else {
          if (watched && !isNull && !(isBig && isOrdinary(row))) faults.number(start + row, raw)
          values[start + row] = raw
        }
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
const NO_WORDS = [0, 0] as const
/** From here on V8 keeps an array with room as a dictionary (kMaxFastArrayLength). */
const LONGEST_FAST_ARRAY = 32 * 1024 * 1024
/** Texts of a column that are looked for again; a column with more is one of ids. */
const MOST_KEPT = 1_000

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
