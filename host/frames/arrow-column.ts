import { ConformanceError } from '../conformance-error.ts'
import type { ArrowColumnData } from './arrow-file.ts'
import { fieldPlace } from './finding.ts'
import type { Field, FieldType, FieldValue } from './frame.ts'

/** Encodes the values of a field as the buffers of an Arrow column. */
export function encodeColumn(field: Field, index: number): ArrowColumnData {
  const { values } = field
  const nullCount = values.filter((value) => value === null).length
  const fault = (row: number): ConformanceError =>
    new ConformanceError(
      'harness-fault',
      `Expected a value of type ${field.type} in row ${row} of ${fieldPlace(field.name, index)}, got ${typeof values[row]} ${String(values[row])}.`,
    )
  if (nullCount > 0 && !field.nullable) throw fault(values.indexOf(null))
  const validity = nullCount === 0 ? new Uint8Array(0) : encodeBits(values.map((value) => value !== null))
  const buffers = encodeValues(field.type, values, fault)
  return { rows: values.length, nullCount, buffers: [validity, ...buffers] }
}

type Fault = (row: number) => ConformanceError

function encodeValues(type: FieldType, values: readonly FieldValue[], fault: Fault): Uint8Array[] {
  switch (type) {
    case 'string':
    case 'json':
      return encodeTexts(values.map((value, row) => take(value, 'string', '', row, fault)))
    case 'bool':
      return [encodeBits(values.map((value, row) => take(value, 'boolean', false, row, fault)))]
    case 'time':
    case 'int64':
      return [encodeIntegers(values, BigInt64Array, [-(2n ** 63n), 2n ** 63n], fault)]
    case 'uint64':
      return [encodeIntegers(values, BigUint64Array, [0n, 2n ** 64n], fault)]
    default:
      return [encodeNumbers(values, numberArrays[type], fault)]
  }
}

const numberArrays = {
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  enum: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
} as const

interface Kinds {
  string: string
  boolean: boolean
  bigint: bigint
  number: number
}

/** The value when it has the kind that the type asks for; the stand-in for null. */
function take<K extends keyof Kinds>(
  value: FieldValue,
  kind: K,
  missing: Kinds[K],
  row: number,
  fault: Fault,
): Kinds[K] {
  if (value === null) return missing
  if (!isKind(value, kind)) throw fault(row)
  return value
}

function isKind<K extends keyof Kinds>(value: FieldValue, kind: K): value is Kinds[K] & FieldValue {
  return typeof value === kind
}

function encodeBits(bits: readonly boolean[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8))
  for (const [row, bit] of bits.entries())
    if (bit) bytes[row >> 3] = (bytes[row >> 3] ?? 0) | (1 << (row & 7))
  return bytes
}

function encodeTexts(texts: readonly string[]): Uint8Array[] {
  const contents = texts.map((text) => Buffer.from(text, 'utf8'))
  const offsets = new Int32Array(texts.length + 1)
  for (const [row, content] of contents.entries()) offsets[row + 1] = (offsets[row] ?? 0) + content.length
  return [bytesOf(offsets), Buffer.concat(contents)]
}

function encodeIntegers(
  values: readonly FieldValue[],
  array: BigInt64ArrayConstructor | BigUint64ArrayConstructor,
  [from, to]: readonly [bigint, bigint],
  fault: Fault,
): Uint8Array {
  const encoded = new array(values.length)
  for (const [row, value] of values.entries()) {
    const integer = take(value, 'bigint', 0n, row, fault)
    if (integer < from || integer >= to) throw fault(row)
    encoded[row] = integer
  }
  return bytesOf(encoded)
}

function encodeNumbers(
  values: readonly FieldValue[],
  array: (typeof numberArrays)[keyof typeof numberArrays],
  fault: Fault,
): Uint8Array {
  const encoded = new array(values.length)
  const exact = encoded instanceof Float32Array || encoded instanceof Float64Array
  for (const [row, value] of values.entries()) {
    const number = take(value, 'number', 0, row, fault)
    encoded[row] = number
    // Integer arrays wrap around silently.
    if (!exact && encoded[row] !== number) throw fault(row)
  }
  return bytesOf(encoded)
}

function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}
