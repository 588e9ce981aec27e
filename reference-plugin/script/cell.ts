import type { FieldType, FieldValue } from '../../host/frames/frame.ts'
import { ScriptError } from './script-error.ts'
import { timeCell } from './time-cell.ts'

const SPECIAL_FLOATS: ReadonlyMap<unknown, number> = new Map([
  ['NaN', Number.NaN],
  ['+Inf', Number.POSITIVE_INFINITY],
  ['-Inf', Number.NEGATIVE_INFINITY],
])

/** Turns one value of a script into a cell of the given type (fixtures/script.schema.json, field.values). */
export function scriptedCell(type: FieldType, value: unknown, where: string): FieldValue {
  if (value === null) return null
  const cell = convert(type, value)
  if (cell === undefined) throw new ScriptError(`${where} is no value of type ${type}.`)
  return cell
}

/** Undefined stands for a value that doesn't fit. */
function convert(type: FieldType, value: unknown): FieldValue | undefined {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? value : undefined
    case 'bool':
      return typeof value === 'boolean' ? value : undefined
    case 'json':
      return JSON.stringify(value)
    case 'time':
      return timeCell(value)
    case 'float32':
    case 'float64':
      return typeof value === 'number' ? value : SPECIAL_FLOATS.get(value)
    case 'int64':
      return integerCell(value, 64, true)
    case 'uint64':
      return integerCell(value, 64, false)
    case 'int8':
    case 'int16':
    case 'int32':
      return smallCell(integerCell(value, Number(type.slice(3)), true))
    case 'uint8':
    case 'uint16':
    case 'uint32':
      return smallCell(integerCell(value, Number(type.slice(4)), false))
    case 'enum':
      return smallCell(integerCell(value, 16, false))
    default:
      return type satisfies never
  }
}

function integerCell(value: unknown, bits: number, signed: boolean): bigint | undefined {
  const isText = typeof value === 'string' && /^-?\d{1,20}$/.test(value)
  if (!isText && !(typeof value === 'number' && Number.isSafeInteger(value))) return undefined
  const integer = BigInt(value)
  const fits = (signed ? BigInt.asIntN(bits, integer) : BigInt.asUintN(bits, integer)) === integer
  return fits ? integer : undefined
}

function smallCell(integer: bigint | undefined): number | undefined {
  return integer === undefined ? undefined : Number(integer)
}
