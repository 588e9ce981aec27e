import type { Findings } from './finding.ts'
import { clip } from './finding.ts'
import { isArray, isObject, numberSource, stringifyJson } from './json-text.ts'
import type { JsonValue } from './json-text.ts'

/** Checks one JSON value against the Go type that the host decodes it into, and refuses the frame where they differ. */
export type Shape = (value: JsonValue, where: string, findings: Findings) => void

/** A value that passes a test; null passes too, as it does in Go (META-005). */
export function matching(spec: string, expected: string, test: (value: JsonValue) => boolean): Shape {
  return (value, where, findings) => {
    if (value === null || test(value)) return
    findings.refuse(spec, where, expected, describeJson(value))
  }
}

/** As `matching`, but null is refused. */
export function strictly(spec: string, expected: string, test: (value: JsonValue) => boolean): Shape {
  return (value, where, findings) => {
    if (!test(value)) findings.refuse(spec, where, expected, describeJson(value))
  }
}

/** A string. */
export function string(spec = 'META-005'): Shape {
  return matching(spec, 'a string', (value) => typeof value === 'string')
}

/** `true` or `false`. */
export function boolean(spec = 'META-005'): Shape {
  return matching(spec, 'true or false', (value) => typeof value === 'boolean')
}

/** A number that fits a Go float64. */
export function number(spec = 'META-005'): Shape {
  return matching(spec, 'a number', (value) => Number.isFinite(Number(numberSource(value) ?? 'NaN')))
}

/** An integer literal, without fraction and exponent, because Go refuses `2.0` for an integer. */
export function integer(spec: string, from: number | bigint, to: number | bigint): Shape {
  return matching(spec, `an integer literal from ${from} to ${to}`, (value) => isInteger(value, from, to))
}

/** Any object. */
export function anyObject(spec = 'META-005'): Shape {
  return matching(spec, 'an object', isObject)
}

/** An array whose items have the given shape. */
export function arrayOf(item: Shape, spec = 'META-005'): Shape {
  return (value, where, findings) => {
    if (value === null) return
    if (!isArray(value)) return findings.refuse(spec, where, 'an array', describeJson(value))
    for (const [index, entry] of value.entries()) item(entry, `${where}[${index}]`, findings)
  }
}

/** An object whose keys may be anything and whose values have the given shape. */
export function mapOf(item: Shape, spec = 'META-005'): Shape {
  return (value, where, findings) => {
    if (value === null) return
    if (!isObject(value)) return findings.refuse(spec, where, 'an object', describeJson(value))
    for (const [key, entry] of value.entries) item(entry, place(where, key), findings)
  }
}

/** An object with known keys; unknown ones are dropped by the host and pass. Go finds keys in any case (META-007). */
export function objectWith(keys: Readonly<Record<string, Shape>>, spec = 'META-005'): Shape {
  const byLowerCase = new Map(Object.entries(keys).map(([key, shape]) => [key.toLowerCase(), shape]))
  return (value, where, findings) => {
    if (value === null) return
    if (!isObject(value)) return findings.refuse(spec, where, 'an object', describeJson(value))
    for (const [key, entry] of value.entries)
      byLowerCase.get(key.toLowerCase())?.(entry, place(where, key), findings)
  }
}

/** Says whether a value is an integer literal in a range. */
export function isInteger(value: JsonValue, from: number | bigint, to: number | bigint): boolean {
  const source = numberSource(value)
  if (source === undefined || !/^-?\d{1,20}$/u.test(source)) return false
  const exact = BigInt(source)
  return exact >= from && exact <= to
}

/** Puts a value of a plugin into the words of a finding. */
export function describeJson(value: JsonValue): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return `the string ${JSON.stringify(clip(value))}`
  if (isArray(value)) return `an array of ${value.length}`
  if (isObject(value)) return `an object with ${value.entries.length} keys`
  return clip(stringifyJson(value))
}

function place(where: string, key: string): string {
  return /^[A-Za-z_]\w*$/u.test(key) ? `${where}.${clip(key)}` : `${where}[${JSON.stringify(clip(key))}]`
}
