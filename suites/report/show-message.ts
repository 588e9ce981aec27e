import { printable } from './text.ts'

/** Longest text or byte field that is shown whole. */
const SHOWN = 120

/** A protobuf message (or bytes) as compact JSON for people: default values left out, bytes as JSON or text where they are that. */
export function showMessage(message: unknown): string {
  return JSON.stringify(plain(message)) ?? ''
}

/** The same value with bytes, big integers and default values in the form that people want to see. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.length === 0 ? undefined : plainBytes(value)
  if (typeof value === 'bigint') return value === 0n ? undefined : Number(value)
  if (typeof value === 'string') return value === '' ? undefined : shorten(value)
  if (value === 0 || value === false) return undefined
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((member) => plain(member) ?? '')
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value)
    .filter(([key]) => key !== '$typeName' && key !== '$unknown')
    .map(([key, member]) => [key, plain(member)] as const)
    .filter(([, member]) => member !== undefined)
  return members.length === 0 ? undefined : Object.fromEntries(members)
}

function plainBytes(bytes: Uint8Array): unknown {
  const start = Buffer.from(bytes.subarray(0, SHOWN))
  const text = start.toString('utf8')
  // The Arrow magic is text, what follows is not.
  if (text.includes('\uFFFD') || /[^\P{Cc}\t\n\r]/u.test(text))
    return `<${bytes.length} bytes ${start.subarray(0, 8).toString('hex')}…>`
  return (
    parsed(Buffer.from(bytes).toString('utf8')) ??
    shorten(text.length < bytes.length ? `${text}… (${bytes.length} bytes)` : text)
  )
}

/** Short JSON documents are shown as what they say. */
function parsed(text: string): unknown {
  if (text.length > 4 * SHOWN || !/^[{[]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function shorten(text: string): string {
  return printable(text.length > SHOWN ? `${text.slice(0, SHOWN)}… (${text.length} characters)` : text)
}
