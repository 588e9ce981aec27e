import { isRecord, parseJson } from '../json.ts'
import { readStreamScript } from '../script/stream.ts'
import type { StreamScript } from '../script/stream.ts'

/** What is behind a stream path. */
export type Channel =
  | { readonly kind: 'tick'; readonly intervalMs: number }
  | { readonly kind: 'scripted'; readonly script: StreamScript }
  | { readonly kind: 'unknown' }

const DEFAULT_TICK_MS = 1000
/** Faster than this no panel can draw. */
const MIN_TICK_MS = 10

/** Finds the channel of a path: `tick`, `tick/<ms>`, `conformance/<anything>`; every other path is unknown (STREAM-103). */
export function findChannel(path: string, data: Uint8Array): Channel {
  if (path === 'tick') return { kind: 'tick', intervalMs: DEFAULT_TICK_MS }
  const interval = /^tick\/(\d{1,5})$/.exec(path)?.[1]
  if (interval !== undefined) return { kind: 'tick', intervalMs: Math.max(Number(interval), MIN_TICK_MS) }
  if (/^conformance\/./.test(path)) return { kind: 'scripted', script: readStreamScript(instructions(data)) }
  return { kind: 'unknown' }
}

/** Subscribers attach whatever they like, so anything that isn't a script counts as none (STREAM-108). */
function instructions(data: Uint8Array): unknown {
  const parsed = parseJson(data)
  return parsed.kind === 'json' && isRecord(parsed.value) ? parsed.value['conformance'] : undefined
}
