import type { Findings } from './finding.ts'
import type { FieldType, FieldValue } from './frame.ts'
import { describeJson, isInteger } from './json-shape.ts'
import { numberSource, stringifyJson } from './json-text.ts'
import type { JsonValue } from './json-text.ts'

/** Reads one cell that is not null (JSON-006). */
export function readJsonCell(
  type: FieldType,
  cell: JsonValue,
  where: string,
  findings: Findings,
): FieldValue {
  switch (type) {
    case 'string':
      return typeof cell === 'string' ? cell : refuse('a string', cell, where, findings)
    case 'bool':
      return typeof cell === 'boolean' ? cell : refuse('true or false', cell, where, findings)
    case 'json':
      return stringifyJson(cell)
    case 'float32':
    case 'float64':
      return readFloat(type, cell, where, findings)
    case 'time':
      return readTime(cell, where, findings)
    default:
      return readInteger(type, cell, where, findings)
  }
}

/** What the host puts where a field that is not nullable has null. */
export function zeroOf(type: FieldType): FieldValue {
  switch (type) {
    case 'string':
      return ''
    case 'bool':
      return false
    case 'json':
      return 'null'
    case 'int64':
    case 'uint64':
      return 0n
    case 'time':
      return GO_ZERO_TIME
    default:
      return 0
  }
}

/** 0001-01-01 in nanoseconds, wrapped around in 64 bits (FRAME-029). */
const GO_ZERO_TIME = -6_795_364_578_871_345_152n

type IntegerType = Exclude<FieldType, 'string' | 'bool' | 'json' | 'float32' | 'float64' | 'time'>

const ranges: Readonly<Record<IntegerType, readonly [from: bigint, to: bigint]>> = {
  int8: [-128n, 127n],
  int16: [-32_768n, 32_767n],
  int32: [-2_147_483_648n, 2_147_483_647n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint8: [0n, 255n],
  uint16: [0n, 65_535n],
  uint32: [0n, 4_294_967_295n],
  uint64: [0n, 2n ** 64n - 1n],
  enum: [0n, 65_535n],
}

function readInteger(type: IntegerType, cell: JsonValue, where: string, findings: Findings): FieldValue {
  const [from, to] = ranges[type]
  if (!isInteger(cell, from, to))
    return refuse(`an integer literal from ${from} to ${to}`, cell, where, findings)
  const source = numberSource(cell) ?? '0'
  return type === 'int64' || type === 'uint64' ? BigInt(source) : Number(source)
}

function readFloat(
  type: 'float32' | 'float64',
  cell: JsonValue,
  where: string,
  findings: Findings,
): FieldValue {
  const value = Number(numberSource(cell) ?? 'NaN')
  if (!Number.isFinite(value)) return refuse('a number', cell, where, findings)
  return type === 'float32' ? Math.fround(value) : value
}

function readTime(cell: JsonValue, where: string, findings: Findings): FieldValue {
  const [from, to] = ranges.int64
  if (!isInteger(cell, from / 1_000_000n, to / 1_000_000n)) {
    return refuse(
      'an integer of milliseconds since 1970, between the years 1677 and 2262',
      cell,
      where,
      findings,
    )
  }
  return BigInt(numberSource(cell) ?? '0') * 1_000_000n
}

function refuse(expected: string, cell: JsonValue, where: string, findings: Findings): null {
  findings.refuse('JSON-006', where, expected, describeJson(cell))
  return null
}
