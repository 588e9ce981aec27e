import { isDeepStrictEqual } from 'node:util'

import { clip, fieldPlace } from './finding.ts'
import type { Field, FieldValue, Frame } from './frame.ts'
import { parseJson, stringifyJson } from './json-text.ts'

/** More differences than a person reads. */
const MAX_DIFFERENCES = 10

/**
 * Says in words where two frames differ, at most ten differences; an empty list when they are equal.
 *
 * Of each field the first row that differs is named. NaN equals NaN, -0 is not 0, and JSON cells are compared as JSON.
 *
 * @example
 * expect(compare(expected, received)).toEqual([]) // or ['field "v" row 1: 2 and 5']
 */
export function compareFrames(a: Frame, b: Frame): readonly string[] {
  const differences: string[] = []
  const compare = (where: string, first: unknown, second: unknown): void => {
    if (!isDeepStrictEqual(first, second)) differences.push(`${where}: ${show(first)} and ${show(second)}`)
  }
  compare('name', a.name, b.name)
  compare('refId', a.refId, b.refId)
  compare('meta', a.meta, b.meta)
  compare('number of fields', a.fields.length, b.fields.length)
  for (const [index, field] of a.fields.entries()) {
    const other = b.fields[index]
    if (other !== undefined) compareFields(field, other, { where: fieldPlace(field.name, index), compare })
  }
  return differences.slice(0, MAX_DIFFERENCES)
}

interface Comparison {
  readonly where: string
  readonly compare: (where: string, first: unknown, second: unknown) => void
}

function compareFields(a: Field, b: Field, { where, compare }: Comparison): void {
  compare(`${where} name`, a.name, b.name)
  compare(`${where} type`, a.type, b.type)
  compare(`${where} nullable`, a.nullable, b.nullable)
  compare(`${where} labels`, a.labels, b.labels)
  compare(`${where} config`, a.config, b.config)
  compare(`${where} number of values`, a.values.length, b.values.length)
  const row = a.values.findIndex((value, index) => !sameValue(a, value, b.values[index]))
  if (row !== -1 && row < b.values.length) compare(`${where} row ${row}`, a.values[row], b.values[row])
}

function sameValue({ type }: Field, a: FieldValue, b: FieldValue | undefined): boolean {
  if (Object.is(a, b)) return true
  return type === 'json' && typeof a === 'string' && typeof b === 'string' && compact(a) === compact(b)
}

function compact(text: string): string {
  try {
    return stringifyJson(parseJson(text))
  } catch {
    return text
  }
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Object.is(value, -0)) return '-0'
  if (typeof value === 'bigint' || typeof value === 'number') return String(value)
  return clip(JSON.stringify(value))
}
