import { printable } from './text.ts'

/** Longest text or byte field that is shown whole. */
const SHOWN = 120

/** A protobuf message (or bytes) as compact JSON for people: default values left out, bytes as text where they are text. */
export function showMessage(message: unknown): string {
  if (message instanceof Uint8Array) return showBytes(message)
  return JSON.stringify(message, (key, value: unknown) => {
    if (key === '$typeName' || key === '$unknown') return undefined
    if (value instanceof Uint8Array) return value.length === 0 ? undefined : showBytes(value)
    if (typeof value === 'bigint') return value === 0n ? undefined : Number(value)
    if (value === '' || value === 0 || value === false) return undefined
    if (typeof value === 'string' && value.length > SHOWN)
      return `${value.slice(0, SHOWN)}… (${value.length} characters)`
    return value
  })
}

function showBytes(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, SHOWN))
  const text = start.toString('utf8')
  if (text.includes('\uFFFD') || /[\u0000-\u0008]/.test(text))
    return `<${bytes.length} bytes ${start.subarray(0, 8).toString('hex')}…>`
  return printable(bytes.length > SHOWN ? `${text}… (${bytes.length} bytes)` : text)
}
