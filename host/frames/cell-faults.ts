import { isUtf8 } from 'node:buffer'

import type { Findings } from './finding.ts'
import { clip } from './finding.ts'
import type { FieldType } from './frame.ts'

/** Watches the cells of one column for values that the host passes on and that show wrong. */
export interface CellFaults {
  /** `raw` is the value itself when it is known to be UTF-8. */
  text(row: number, raw: Uint8Array | string, value: string): void
  number(row: number, value: number | bigint | boolean): void
  /** One finding for each rule, naming the first row and how many there are. */
  report(where: string, findings: Findings): void
}

/** Starts watching a column (FRAME-029, 031, 033, 034, 036). `enumSize` is undefined when the config names no texts. */
export function cellFaults(type: FieldType, enumSize: number | undefined): CellFaults {
  const seen = new Map<Watch, { row: number; found: string; count: number }>()
  function note(watch: Watch, row: number, found: string): void {
    const before = seen.get(watch)
    if (before === undefined) seen.set(watch, { row, found, count: 1 })
    else before.count++
  }
  return {
    text(row, raw, value) {
      if (type === 'string' && !isText(raw)) return note(watches.utf8, row, JSON.stringify(clip(value)))
      if (type !== 'json') return
      const fault = jsonFault(raw, value)
      if (fault !== undefined) note(watches.json, row, fault)
    },
    number(row, value) {
      if (type === 'enum' && enumSize !== undefined && Number(value) >= enumSize) {
        return note(watches.enum, row, `${value} with ${enumSize} texts`)
      }
      if (typeof value !== 'bigint') return
      if (type !== 'time') {
        if (value > MAX_SAFE || value < -MAX_SAFE)
          note(watches.exact, row, `${value}, shown as ${Number(value)}`)
        return
      }
      if (value === GO_ZERO_TIME) return note(watches.zeroTime, row, `${value}, the Go zero time (year 1)`)
      if (value < YEAR_1900 || value > YEAR_2200)
        note(watches.farTime, row, new Date(Number(value / 1_000_000n)).toISOString())
    },
    report(where, findings) {
      for (const [watch, { row, found, count }] of seen) {
        const others = count > 1 ? `, and ${count - 1} more like it` : ''
        findings[watch.advice ? 'advise' : 'add'](
          watch.spec,
          where,
          watch.expected,
          `row ${row}: ${found}${others}`,
        )
      }
    },
  }
}

/**
 * Upper halves of 64-bit values that are no fault whatever the lower half is, from and to; undefined for other types.
 *
 * Comparing big integers cell by cell costs more than reading them.
 */
export function ordinaryHighWords(type: FieldType): readonly [from: number, to: number] | undefined {
  switch (type) {
    case 'time':
      return [Number(YEAR_1900 >> 32n) + 1, Number(YEAR_2200 >> 32n) - 1]
    case 'int64':
      return [Number(-MAX_SAFE >> 32n) + 1, Number(MAX_SAFE >> 32n) - 1]
    case 'uint64':
      return [0, Number(MAX_SAFE >> 32n) - 1]
    default:
      return undefined
  }
}

interface Watch {
  readonly spec: string
  readonly expected: string
  readonly advice?: true
}

const watches = {
  utf8: { spec: 'FRAME-031', expected: 'texts in UTF-8' },
  json: { spec: 'FRAME-033', expected: 'exactly one JSON document in each value' },
  enum: { spec: 'FRAME-034', expected: 'indices into config.type.enum.text' },
  exact: {
    spec: 'FRAME-036',
    expected: 'integers that a browser shows exactly, ±(2^53−1); others as texts',
    advice: true,
  },
  zeroTime: { spec: 'FRAME-029', expected: 'instants from 1677 to 2262, sentinels as null' },
  farTime: { spec: 'FRAME-029', expected: 'instants between 1900 and 2200', advice: true },
} as const satisfies Record<string, Watch>

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER)
/** 0001-01-01 in nanoseconds, wrapped around in 64 bits (trap T-28). */
const GO_ZERO_TIME = -6_795_364_578_871_345_152n
const YEAR_1900 = -2_208_988_800_000_000_000n
const YEAR_2200 = 7_258_118_400_000_000_000n

function isText(raw: Uint8Array | string): boolean {
  return typeof raw === 'string' || isUtf8(raw)
}

function jsonFault(raw: Uint8Array | string, value: string): string | undefined {
  if (!isText(raw)) return `bytes that are no UTF-8: ${JSON.stringify(clip(value))}`
  if (value === '') return 'an empty value'
  try {
    JSON.parse(value)
    return undefined
  } catch {
    return JSON.stringify(clip(value))
  }
}
