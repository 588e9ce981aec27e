import type { Field, FieldType, FieldValue, Frame } from '../../../host/frames/frame.ts'

/** A file of fixtures/frames, as `import` gives it: its texts are of no narrower type. */
export interface FrameTable {
  readonly frames: readonly {
    readonly name: string
    readonly meta?: Readonly<Record<string, unknown>>
    readonly fields: readonly TableField[]
  }[]
}

interface TableField {
  readonly name: string
  readonly type: string
  readonly nullable: boolean
  readonly labels?: Readonly<Record<string, string>>
  readonly config?: Readonly<Record<string, unknown>>
  readonly values: readonly unknown[]
}

/** Reads the frames of a table, written as a scripted subject reads them (fixtures/script.schema.json, `field`). */
export function readTable({ frames }: FrameTable): readonly Frame[] {
  return frames.map((frame) => ({ refId: '', ...frame, fields: frame.fields.map(readField) }))
}

function readField(field: TableField): Field {
  const type = typeNamed(field.type)
  return { ...field, type, values: field.values.map((cell) => readCell(type, cell)) }
}

function readCell(type: FieldType, cell: unknown): FieldValue {
  if (cell === null) return null
  if (type === 'json') return JSON.stringify(cell)
  if (typeof cell === 'boolean' || typeof cell === 'number') return cell
  if (typeof cell !== 'string') throw new TypeError(`fixtures/frames has a cell of type ${typeof cell}`)
  if (type === 'time' || type === 'int64' || type === 'uint64') return BigInt(cell)
  return type === 'float32' || type === 'float64' ? Number(cell.replace('Inf', 'Infinity')) : cell
}

function typeNamed(name: string): FieldType {
  if (!isFieldType(name)) throw new TypeError(`fixtures/frames has a field of the unknown type "${name}"`)
  return name
}

function isFieldType(name: string): name is FieldType {
  return Object.hasOwn(fieldTypes, name)
}

const fieldTypes: Readonly<Record<FieldType, true>> = {
  int8: true,
  int16: true,
  int32: true,
  int64: true,
  uint8: true,
  uint16: true,
  uint32: true,
  uint64: true,
  float32: true,
  float64: true,
  string: true,
  bool: true,
  time: true,
  json: true,
  enum: true,
}
