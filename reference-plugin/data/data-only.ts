/**
 * A JSON frame without its schema: `{"schema":…,"data":…}` becomes `{"data":…}`.
 *
 * Works on the text, since parsing and printing again would round 64-bit integers.
 */
export function dataOnly(frame: Uint8Array): Uint8Array {
  const text = Buffer.from(frame).toString()
  const prefix = '{"schema":'
  if (!text.startsWith(prefix)) return frame
  const end = endOfObject(text, prefix.length)
  return Buffer.from(`{${text.slice(end + 1)}`)
}

/** Where the object that begins at `start` is over: the index behind its last brace. */
function endOfObject(text: string, start: number): number {
  let depth = 0
  let quoted = false
  for (let index = start; index < text.length; index += 1) {
    const character = text[index]
    if (quoted) {
      if (character === '\\') index += 1
      else if (character === '"') quoted = false
    } else if (character === '"') quoted = true
    else if (character === '{') depth += 1
    else if (character === '}') {
      depth -= 1
      if (depth === 0) return index + 1
    }
  }
  return text.length
}
