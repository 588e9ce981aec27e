/** A JSON object as Go's `map[string]interface{}` holds it. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Go refuses deeper nesting (encoding/json: `maxNestingDepth`). */
const MAX_NESTING_DEPTH = 10_000

/**
 * Reads a line as Go's `json.Unmarshal` reads it into a map; `undefined` where Go reports an error.
 *
 * `null` leaves Go's map empty without an error, so it counts as an object without keys (go-plugin log_entry.go, `parseJSON`).
 */
export function parseGoJsonObject(line: string): JsonObject | undefined {
  const value = parse(line)
  if (value === null) return {}
  if (!isJsonObject(value) || !goCanHold(value)) return undefined
  return value
}

/** Tells an object from the other JSON values. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

// JSON.parse turns 1e999 into Infinity and takes any depth; Go fails on both, and then the line counts as plain text.
function goCanHold(root: unknown): boolean {
  let level: unknown[] = [root]
  for (let depth = 1; level.length > 0; depth += 1) {
    const next: unknown[] = []
    for (const value of level) {
      if (typeof value === 'number' && !Number.isFinite(value)) return false
      if (typeof value !== 'object' || value === null) continue
      if (depth > MAX_NESTING_DEPTH) return false
      for (const child of Object.values(value)) next.push(child)
    }
    level = next
  }
  return true
}
