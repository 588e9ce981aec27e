import { goAny, goFloat, goHtmlText, goVerb } from './go-json.ts'

/** In what the releases of the SDK differ when they write a frame's metadata. */
export interface MetadataHabits {
  /** Whether the severity `info` is written; until SDK 0.260 it was left out. */
  readonly infoSeverity: 'left-out' | 'written'
  /** What becomes of a threshold without a value, which means minus infinity: 0 until SDK 0.283, null since 0.287. */
  readonly openThreshold: 'zero' | 'null'
}

/** JSON text of a decoded value; undefined leaves the key out, as `omitempty` does. */
export type Write = (value: unknown, habits: MetadataHabits) => string | undefined
/** The members of a Go struct in their order. */
export type Members = readonly (readonly [key: string, write: Write])[]

/** A string with `omitempty`. */
export const text: Write = (value) =>
  typeof value === 'string' && value !== '' ? goHtmlText(value) : undefined
/** A bool with `omitempty`. */
export const flag: Write = (value) => (value === true ? 'true' : undefined)
/** A pointer to a bool. */
export const optionalFlag: Write = (value) => (typeof value === 'boolean' ? String(value) : undefined)
/** An integer with `omitempty`. */
export const integer: Write = (value) =>
  typeof value === 'number' && value !== 0 ? String(value) : undefined
/** A pointer to an integer. */
export const optionalInteger: Write = (value) => (typeof value === 'number' ? String(value) : undefined)
/** A float64 with `omitempty`. */
export const float: Write = (value) => (typeof value === 'number' && value !== 0 ? goFloat(value) : undefined)
/** A pointer to `ConfFloat64`. */
export const limit: Write = (value) => (typeof value === 'number' ? goVerb(value) : undefined)
/** Whatever was decoded into `any`, with `omitempty`. */
export const any: Write = (value) => (value === null || value === undefined ? undefined : goAny(value))
/** A map to `any`, with `omitempty`. */
export const anyMap: Write = (value) => {
  const map = asRecord(value)
  return map === undefined || Object.keys(map).length === 0 ? undefined : goAny(map)
}

/** Writes the key even when there is nothing to say. */
export function always(write: Write, nothing: string): Write {
  return (value, habits) => write(value, habits) ?? nothing
}

/** A slice with `omitempty`. */
export function list(write: Write): Write {
  return (value, habits) =>
    Array.isArray(value) && value.length > 0 ? items(value, write, habits) : undefined
}

/** A slice that is written even when it is empty, and left out when there is none. */
export function presentList(write: Write): Write {
  return (value, habits) => (Array.isArray(value) ? items(value, write, habits) : undefined)
}

function items(values: readonly unknown[], write: Write, habits: MetadataHabits): string {
  return `[${values.map((value) => write(value, habits) ?? 'null').join(',')}]`
}

/** A pointer to a struct. */
export function pointer(members: () => Members): Write {
  return (value, habits) => {
    const record = asRecord(value)
    return record === undefined ? undefined : writeStruct(record, members(), habits)
  }
}

/** A struct as a value: null and nothing are written as its zero value. */
export function inline(members: () => Members): Write {
  return (record, habits) => writeStruct(asRecord(record) ?? {}, members(), habits)
}

/** Writes a struct: its members in their order, those without anything to say left out. */
export function writeStruct(
  record: Readonly<Record<string, unknown>>,
  members: Members,
  habits: MetadataHabits,
): string {
  const written = members.flatMap(([key, write]) => {
    const json = write(lookUp(record, key), habits)
    return json === undefined ? [] : [`${goHtmlText(key)}:${json}`]
  })
  return `{${written.join(',')}}`
}

/** Go finds keys in any case, and takes the last of several (META-007). */
function lookUp(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.entries(record).findLast(([name]) => name.toLowerCase() === key.toLowerCase())?.[1]
}

/** An object of JSON; undefined for any other value. */
export function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined
}
