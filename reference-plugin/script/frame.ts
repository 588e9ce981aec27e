import type { Field, Frame } from '../../host/frames/frame.ts'
import { isRecord } from '../json.ts'
import { scriptedCell } from './cell.ts'
import { isFieldType } from './field-type.ts'
import { ScriptError } from './script-error.ts'

/** Builds exactly the frame that a script describes (fixtures/script.schema.json, frame). */
export function scriptedFrame(frame: unknown, where: string): Frame {
  if (!isRecord(frame)) throw new ScriptError(`${where} is not an object.`)
  const { name = '', refId = '', meta, fields = [] } = frame
  if (typeof name !== 'string') throw new ScriptError(`${where}.name is not a text.`)
  if (typeof refId !== 'string') throw new ScriptError(`${where}.refId is not a text.`)
  if (meta !== undefined && !isRecord(meta)) throw new ScriptError(`${where}.meta is not an object.`)
  if (!Array.isArray(fields)) throw new ScriptError(`${where}.fields is not a list.`)

  const columns = fields.map((field: unknown, index) => scriptedField(field, `${where}.fields[${index}]`))
  const odd = columns.find((column) => column.values.length !== columns[0]?.values.length)
  // Columns of unequal length would take the whole response down (FRAME-013).
  if (odd !== undefined)
    throw new ScriptError(`${where}: field "${odd.name}" has another length than the first.`)
  return { name, refId, ...(meta === undefined ? {} : { meta }), fields: columns }
}

function scriptedField(field: unknown, where: string): Field {
  if (!isRecord(field)) throw new ScriptError(`${where} is not an object.`)
  const { name, type, labels, config, values } = field
  if (typeof name !== 'string') throw new ScriptError(`${where}.name is not a text.`)
  if (!isFieldType(type)) throw new ScriptError(`${where}.type is not a field type.`)
  if (!Array.isArray(values)) throw new ScriptError(`${where}.values is not a list.`)
  if (config !== undefined && !isRecord(config)) throw new ScriptError(`${where}.config is not an object.`)

  const cells = values.map((value: unknown, row) => scriptedCell(type, value, `${where}.values[${row}]`))
  const nullable = field['nullable'] ?? cells.includes(null)
  if (nullable !== true && cells.includes(null))
    throw new ScriptError(`${where} has a null but is not nullable.`)
  return {
    name,
    type,
    nullable: nullable === true,
    ...(labels === undefined ? {} : { labels: textMap(labels, `${where}.labels`) }),
    ...(config === undefined ? {} : { config }),
    values: cells,
  }
}

function textMap(labels: unknown, where: string): Readonly<Record<string, string>> {
  if (!isRecord(labels)) throw new ScriptError(`${where} is not an object.`)
  return Object.fromEntries(
    Object.entries(labels).map(([key, value]) => {
      if (typeof value !== 'string') throw new ScriptError(`${where}.${key} is not a text.`)
      return [key, value]
    }),
  )
}
