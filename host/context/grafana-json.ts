/** What `grafanaJson` accepts: JSON, plus `bigint` for integers that a double cannot hold. */
export type JsonInput =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | readonly JsonInput[]
  | { readonly [key: string]: JsonInput }

/**
 * Writes JSON as Grafana re-serialises it: keys sorted by their UTF-8 bytes, no blanks, and `<`, `>`, `&`, U+2028 and
 * U+2029 escaped (DATA-103; Go's `encoding/json`). Members that are `undefined` are left out.
 */
export function grafanaJson(value: JsonInput): string {
  if (typeof value === 'string') return text(value)
  if (typeof value === 'bigint') return value.toString()
  if (isList(value)) return `[${value.map((item) => grafanaJson(item)).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
      .map(([key, member]) => `${text(key)}:${grafanaJson(member)}`)
    return `{${members.join(',')}}`
  }
  return JSON.stringify(value ?? null)
}

/** Half of a surrogate pair is no character; Go reads it as U+FFFD. */
const loneSurrogate = /\p{Surrogate}/gu

const escapedByGo = /[<>&\u2028\u2029]/g

function text(value: string): string {
  return JSON.stringify(value.replace(loneSurrogate, '\uFFFD')).replace(
    escapedByGo,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** `Array.isArray` does not narrow readonly lists. */
function isList(value: JsonInput): value is readonly JsonInput[] {
  return Array.isArray(value)
}
