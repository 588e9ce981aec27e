import type { FlatTable } from './flatbuffer-reader.ts'
import type { FlatNode } from './flatbuffer-writer.ts'
import { scalar, table, text } from './flatbuffer-writer.ts'
import type { FieldType } from './frame.ts'

/** Units of an Arrow timestamp in the order of their numbers in Schema.fbs. */
export const timeUnits = ['second', 'millisecond', 'microsecond', 'nanosecond'] as const

/** An Arrow column type, as far as Grafana tells types apart (FRAME-021). */
export type ArrowType =
  | { readonly kind: 'int'; readonly bits: 8 | 16 | 32 | 64; readonly signed: boolean }
  | { readonly kind: 'float'; readonly bits: 32 | 64 }
  | { readonly kind: 'bool' }
  | { readonly kind: 'utf8' }
  | { readonly kind: 'utf8-view' }
  | { readonly kind: 'binary' }
  | { readonly kind: 'timestamp'; readonly unit: (typeof timeUnits)[number]; readonly zone: string }
  | { readonly kind: 'refused'; readonly name: string; readonly instead: string }
  /** For writing only: any type by its number in Schema.fbs, with the slots of its table. */
  | { readonly kind: 'raw'; readonly code: number; readonly slots: readonly (FlatNode | undefined)[] }

/** Reads the type of a column from its number and table in the schema. */
export function readArrowType(code: number, details: FlatTable | undefined): ArrowType {
  const number = (slot: number, fallback: number): number =>
    details?.number(slot, 'int16', fallback) ?? fallback
  switch (code) {
    case 2:
      return intType(details?.number(0, 'int32', 0) ?? 0, details?.number(1, 'uint8', 0) !== 0)
    case 3: {
      const precision = number(0, 0)
      if (precision === 0) return refused('FLOAT16', 'Float32')
      if (precision !== 1 && precision !== 2)
        return refused(`floating point precision ${precision}`, 'Float64')
      return { kind: 'float', bits: precision === 1 ? 32 : 64 }
    }
    case 4:
      return { kind: 'binary' }
    case 5:
      return { kind: 'utf8' }
    case 6:
      return { kind: 'bool' }
    case 8:
      return refused(number(0, 1) === 0 ? 'DATE32' : 'DATE64', 'Timestamp(ns)')
    case 9:
      return refused(number(0, 1) < 2 ? 'TIME32' : 'TIME64', 'Int64 or Float64 with a unit in config')
    case 10: {
      const unit = timeUnits[number(0, 0)]
      if (unit === undefined) return refused(`TIMESTAMP of unit ${number(0, 0)}`, 'Timestamp(ns)')
      return { kind: 'timestamp', unit, zone: details?.string(1) ?? '' }
    }
    case 24:
      return { kind: 'utf8-view' }
    default:
      return otherType(code, details)
  }
}

/** Writes a type as its number and table. */
export function writeArrowType(type: ArrowType): { code: number; details: FlatNode } {
  switch (type.kind) {
    case 'int':
      return { code: 2, details: table(scalar(4, type.bits), scalar(1, type.signed ? 1 : 0)) }
    case 'float':
      return { code: 3, details: table(scalar(2, type.bits === 32 ? 1 : 2)) }
    case 'binary':
      return { code: 4, details: table() }
    case 'utf8':
      return { code: 5, details: table() }
    case 'bool':
      return { code: 6, details: table() }
    case 'timestamp': {
      const zone = type.zone === '' ? undefined : text(type.zone)
      return { code: 10, details: table(scalar(2, timeUnits.indexOf(type.unit)), zone) }
    }
    case 'utf8-view':
      return { code: 24, details: table() }
    case 'raw':
      return { code: type.code, details: table(...type.slots) }
    case 'refused':
      return { code: 1, details: table() }
    default:
      return type satisfies never
  }
}

/** The Grafana type of a column, or undefined when the host refuses it (table 2.1). */
export function fieldTypeOf(type: ArrowType, tstype: string | undefined): FieldType | undefined {
  switch (type.kind) {
    case 'int':
      if (type.bits === 16 && !type.signed && tstype === 'enum') return 'enum'
      return `${type.signed ? '' : 'u'}int${type.bits}`
    case 'float':
      return `float${type.bits}`
    case 'bool':
      return 'bool'
    case 'utf8':
    case 'utf8-view':
      return 'string'
    case 'binary':
      return 'json'
    case 'timestamp':
      return 'time'
    case 'refused':
    case 'raw':
      return undefined
    default:
      return type satisfies never
  }
}

/** The Arrow type that carries a Grafana type (table 2.1). */
export function arrowTypeOf(type: FieldType): ArrowType {
  switch (type) {
    case 'string':
      return { kind: 'utf8' }
    case 'bool':
      return { kind: 'bool' }
    case 'json':
      return { kind: 'binary' }
    case 'time':
      return { kind: 'timestamp', unit: 'nanosecond', zone: '' }
    case 'enum':
      return { kind: 'int', bits: 16, signed: false }
    case 'float32':
      return { kind: 'float', bits: 32 }
    case 'float64':
      return { kind: 'float', bits: 64 }
    case 'int8':
    case 'uint8':
      return { kind: 'int', bits: 8, signed: type === 'int8' }
    case 'int16':
    case 'uint16':
      return { kind: 'int', bits: 16, signed: type === 'int16' }
    case 'int32':
    case 'uint32':
      return { kind: 'int', bits: 32, signed: type === 'int32' }
    case 'int64':
    case 'uint64':
      return { kind: 'int', bits: 64, signed: type === 'int64' }
    default:
      return type satisfies never
  }
}

function intType(bits: number, signed: boolean): ArrowType {
  if (bits === 8 || bits === 16 || bits === 32 || bits === 64) return { kind: 'int', bits, signed }
  return refused(`INT${bits}`, 'Int64 or Float64')
}

function otherType(code: number, details: FlatTable | undefined): ArrowType {
  if (code === 7)
    return refused(`DECIMAL${details?.number(2, 'int32', 128) ?? 128}`, 'Float64, or Utf8 when exact')
  if (code === 11)
    return refused(intervals[details?.number(0, 'int16', 0) ?? 0] ?? 'INTERVAL', 'Int64 or Float64')
  if (code === 14) {
    return refused(
      details?.number(0, 'int16', 0) === 1 ? 'DENSE_UNION' : 'SPARSE_UNION',
      'Binary holding JSON',
    )
  }
  const [name, instead] = refusals.get(code) ?? [`type number ${code}`, 'one of the types of table 2.1']
  return refused(name, instead)
}

function refused(name: string, instead: string): ArrowType {
  return { kind: 'refused', name, instead }
}

const intervals = ['INTERVAL_MONTHS', 'INTERVAL_DAY_TIME', 'INTERVAL_MONTH_DAY_NANO']

/** Numbers of Schema.fbs, the names of arrow-go's type_string.go, and what to write instead (FRAME-021). */
const refusals = new Map<number, readonly [name: string, instead: string]>([
  [1, ['NULL', 'any nullable type with all nulls']],
  [12, ['LIST', 'Binary holding JSON']],
  [13, ['STRUCT', 'Binary holding JSON']],
  [15, ['FIXED_SIZE_BINARY', 'Binary holding JSON, or Utf8']],
  [16, ['FIXED_SIZE_LIST', 'Binary holding JSON']],
  [17, ['MAP', 'Binary holding JSON']],
  [18, ['DURATION', 'Int64 or Float64 with a unit in config']],
  [19, ['LARGE_BINARY', 'Binary holding JSON, or Utf8']],
  [20, ['LARGE_STRING', 'Utf8']],
  [21, ['LARGE_LIST', 'Binary holding JSON']],
  [22, ['RUN_END_ENCODED', 'a plain column']],
  [23, ['BINARY_VIEW', 'Binary holding JSON, or Utf8']],
  [25, ['LIST_VIEW', 'Binary holding JSON']],
  [26, ['LARGE_LIST_VIEW', 'Binary holding JSON']],
])
