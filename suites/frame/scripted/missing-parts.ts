import { isDeepStrictEqual } from 'node:util'

import { clip, fieldPlace } from '../../../host/frames/finding.ts'
import type { Field, FieldValue, Frame } from '../../../host/frames/frame.ts'
import { isRecord } from '../findings/records.ts'

/** One thing that did not arrive as it was asked for. */
export interface MissingPart {
  readonly expected: string
  readonly actual: string
}

/**
 * Compares the frames of an answer with what the script asked for; the first difference, or undefined.
 *
 * What a subject adds is its own affair: SDKs write `typeVersion` and empty objects that nobody asked for.
 */
export function firstMissingPart(asked: readonly Frame[], got: readonly Frame[]): MissingPart | undefined {
  if (asked.length !== got.length) return part('the number of frames', asked.length, got.length)
  return asked.flatMap((frame, index) => {
    const other = got[index]
    return other === undefined ? [] : differences(frame, other)
  })[0]
}

function differences(asked: Frame, got: Frame): MissingPart[] {
  if (asked.name !== got.name) return [part('the frame name', asked.name, got.name)]
  if (asked.fields.length !== got.fields.length)
    return [part('the number of fields', asked.fields.length, got.fields.length)]
  return [
    ...lost('meta', asked.meta ?? {}, got.meta ?? {}),
    ...asked.fields.flatMap((field, index) => {
      const other = got.fields[index]
      return other === undefined ? [] : fieldDifferences(field, other, fieldPlace(field.name, index))
    }),
  ]
}

function fieldDifferences(asked: Field, got: Field, where: string): MissingPart[] {
  if (asked.name !== got.name) return [part('a field name', asked.name, got.name)]
  if (asked.type !== got.type) return [part(`the type of ${where}`, asked.type, got.type)]
  const row = asked.values.findIndex((value, index) => !sameValue(asked, value, got.values[index]))
  return [
    ...(isDeepStrictEqual(asked.labels ?? {}, got.labels ?? {})
      ? []
      : [part(`the labels of ${where}`, asked.labels ?? {}, got.labels ?? {})]),
    ...lost(`config of ${where}`, asked.config ?? {}, got.config ?? {}),
    ...(asked.values.length === got.values.length
      ? []
      : [part(`the rows of ${where}`, asked.values.length, got.values.length)]),
    ...(row === -1 ? [] : [part(`row ${row} of ${where}`, asked.values[row], got.values[row])]),
  ]
}

/** Members that were asked for and are missing or different; objects may have gained members. */
function lost(where: string, asked: unknown, got: unknown): MissingPart[] {
  if (isRecord(asked) && isRecord(got))
    return Object.entries(asked).flatMap(([key, value]) => lost(`${key} in ${where}`, value, got[key]))
  if (Array.isArray(asked) && Array.isArray(got) && asked.length === got.length)
    return asked.flatMap((value: unknown, index) => lost(`item ${index} of ${where}`, value, got[index]))
  // SDKs leave out what is null anyway.
  return isDeepStrictEqual(asked ?? null, got ?? null) ? [] : [part(where, asked, got)]
}

function sameValue({ type }: Field, asked: FieldValue, got: FieldValue | undefined): boolean {
  if (type !== 'json' || typeof asked !== 'string' || typeof got !== 'string') return Object.is(asked, got)
  return isDeepStrictEqual(JSON.parse(asked), JSON.parse(got))
}

function part(what: string, asked: unknown, got: unknown): MissingPart {
  return { expected: `${show(asked)} as ${what}`, actual: show(got) }
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'bigint' || typeof value === 'number') return String(value)
  return clip(JSON.stringify(value))
}
