import type { ArrowColumn, ArrowSchema } from './arrow-schema.ts'
import { fieldTypeOf } from './arrow-type.ts'
import type { Findings } from './finding.ts'
import { clip, fieldPlace } from './finding.ts'
import type { FieldType } from './frame.ts'
import { readFieldMetadata } from './metadata-reading.ts'
import type { FieldMetadata } from './metadata-reading.ts'
import { scriptTypeOf } from './script-type.ts'

/** What the host will make of a column. */
export interface ColumnPlan extends FieldMetadata {
  readonly column: ArrowColumn
  readonly type: FieldType
  /** How many texts `config.type.enum` names; undefined when it names none. */
  readonly enumSize: number | undefined
}

/**
 * Judges the columns of a schema (FRAME-010, 021, 022, 027, 028, 034, 035, 040) and says what the host reads them as.
 *
 * Undefined when it refuses one of them.
 */
export function planColumns(schema: ArrowSchema, findings: Findings): ColumnPlan[] | undefined {
  const plans = schema.columns.map((column, index) =>
    planColumn(column, fieldPlace(column.name, index), findings),
  )
  const complete = plans.filter((plan) => plan !== undefined)
  return complete.length === plans.length ? complete : undefined
}

function planColumn(column: ArrowColumn, where: string, findings: Findings): ColumnPlan | undefined {
  if (column.name === '') findings.advise('FRAME-040', where, 'a name', 'an empty name, shown as "Value"')
  const extension = column.metadata.find(([key]) => key === 'ARROW:extension:name')?.[1]
  if (extension !== undefined) {
    findings.advise('FRAME-022', where, 'no ARROW:extension:name', JSON.stringify(clip(extension)))
  }
  const metadata = readFieldMetadata(column.metadata, where, findings)
  if (column.dictionary === true) {
    findings.refuse(
      'FRAME-010',
      where,
      'plain values, or Uint16 with tstype enum',
      'a dictionary-encoded column',
    )
    return undefined
  }
  const type = fieldTypeOf(column.type, metadata.tstype)
  if (type === undefined) {
    const { name, instead } =
      column.type.kind === 'refused' ? column.type : { name: column.type.kind, instead: '' }
    findings.refuse('FRAME-021', where, `a type that Grafana reads, here ${instead}`, name)
    return undefined
  }
  judgeTime(column, where, findings)
  const enumSize = judgeEnum(type, metadata, where, findings)
  if (metadata.tstype !== undefined && metadata.tstype !== 'enum' && enumSize === undefined) {
    judgeScriptType(type, metadata.tstype, where, findings)
  }
  return { column, type, enumSize, ...metadata }
}

function judgeTime({ type }: ArrowColumn, where: string, findings: Findings): void {
  if (type.kind !== 'timestamp') return
  if (type.unit !== 'nanosecond')
    findings.add('FRAME-027', where, 'the unit nanosecond', `the unit ${type.unit}`)
  if (type.zone !== '') {
    findings.advise(
      'FRAME-028',
      where,
      'no time zone',
      `the zone ${JSON.stringify(clip(type.zone))}, which is ignored`,
    )
  }
}

function judgeScriptType(type: FieldType, tstype: string, where: string, findings: Findings): void {
  const expected = scriptTypeOf(type)
  if (tstype === expected) return
  findings.advise(
    'FRAME-035',
    where,
    `tstype ${expected} for a field of type ${type}`,
    JSON.stringify(clip(tstype)),
  )
}

/** Judges what makes a column an enum (FRAME-034) and counts its texts. */
function judgeEnum(
  type: FieldType,
  { tstype, config }: FieldMetadata,
  where: string,
  findings: Findings,
): number | undefined {
  const names = enumConfig(config)
  if (type === 'enum') {
    if (names !== undefined) return judgeEnumTexts(names, where, findings)
    findings.add('FRAME-034', where, 'the names in config.type.enum.text', 'none')
    return undefined
  }
  if (tstype === 'enum') findings.add('FRAME-034', where, 'Uint16 under tstype enum', type)
  else if (type === 'uint16' && names !== undefined) {
    findings.add('FRAME-034', where, 'tstype enum beside config.type.enum', tstype ?? 'no tstype')
  }
  return undefined
}

function judgeEnumTexts(names: Record<string, unknown>, where: string, findings: Findings): number {
  const size = lengthOf(names['text']) ?? 0
  for (const key of ['color', 'icon', 'description']) {
    const length = lengthOf(names[key])
    if (length === undefined || length === size) continue
    findings.add(
      'FRAME-034',
      where,
      `${size} entries in config.type.enum.${key}, as many as texts`,
      `${length}`,
    )
  }
  return size
}

function enumConfig(config: Record<string, unknown> | undefined): Record<string, unknown> | undefined {
  const type = record(config?.['type'])
  const names = record(type?.['enum'])
  return names !== undefined && lengthOf(names['text']) !== undefined ? names : undefined
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : undefined
}

function lengthOf(value: unknown): number | undefined {
  return Array.isArray(value) ? value.length : undefined
}
