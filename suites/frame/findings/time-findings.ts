import { clip, fieldPlace } from '../../../host/frames/finding.ts'
import type { Field, Frame } from '../../../host/frames/frame.ts'
import type { SeenAnswer, SeenFinding } from '../seen-frame.ts'

/** Judges time columns with what else is known of the answer: its declared type and the range of the query (FRAME-025, 027; META-031). */
export function timeFindings(answer: SeenAnswer): readonly SeenFinding[] {
  const typed = answer.frames[0]?.frame !== undefined && isTypedTimeSeries(answer.frames[0].frame)
  return answer.frames.flatMap(({ frame }, position) => {
    const index = frame?.fields.findIndex((field) => field.type === 'time') ?? -1
    const field = frame?.fields[index]
    if (field === undefined) return []
    const where = fieldPlace(field.name, index)
    const labels = Object.keys(field.labels ?? {})
    const labelled =
      labels.length === 0 ? [] : [{ ...labelledTime, where, frame: position, found: clip(labels.join(', ')) }]
    if (field.values.length === 0) return labelled
    // Pieces can't tell whether the column has nulls; with the contract on, PLANE-012 says it.
    const idle = answer.whole && !typed && isIdlyNullable(field)
    return [
      ...labelled,
      ...(idle ? [{ ...nullableTime, where, frame: position }] : []),
      ...(liesInOldTimes(field, answer.range)
        ? [{ ...oldTime, where, frame: position, found: showInstant(field) }]
        : []),
    ]
  })
}

const labelledTime = {
  spec: 'META-031',
  expected: 'no labels on a time field',
  advice: true,
} as const

const nullableTime = {
  spec: 'FRAME-025',
  expected: 'nullable = false, because there are no nulls',
  found: 'nullable = true',
  advice: true,
} as const

const oldTime = {
  spec: 'FRAME-027',
  expected: 'nanoseconds since 1970, near the time range of the query',
  advice: true,
} as const

/** A contract type with a version: the contract is on (PLANE-002). */
function isTypedTimeSeries({ meta }: Frame): boolean {
  const { type, typeVersion } = meta ?? {}
  if (typeof type !== 'string' || !type.startsWith('timeseries-')) return false
  return Array.isArray(typeVersion) && typeVersion.some((part) => part !== 0)
}

function isIdlyNullable(field: Field): boolean {
  return field.nullable && !field.values.includes(null)
}

/** 1970-01-22 in nanoseconds: today in microseconds, read as nanoseconds, is not later. */
const LAST_OLD = 21n * 86_400n * 1_000_000_000n
/** 1980, in milliseconds: ranges before it may well ask for January 1970. */
const OLD_RANGE = 315_532_800_000

function liesInOldTimes(field: Field, range: SeenAnswer['range']): boolean {
  if (range === undefined || range.from < OLD_RANGE) return false
  let instants = 0
  for (const value of field.values) {
    if (typeof value !== 'bigint') continue
    if (value < 0n || value > LAST_OLD) return false
    instants++
  }
  return instants > 0
}

function showInstant(field: Field): string {
  const first = field.values.find((value) => typeof value === 'bigint') ?? 0n
  return `${first} and others in January 1970`
}
