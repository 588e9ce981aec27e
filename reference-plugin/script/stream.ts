import { isRecord } from '../json.ts'

/** Instructions for one stream with every default filled in (fixtures/script.schema.json, stream). */
export interface StreamScript {
  readonly packets: readonly unknown[]
  readonly frames: number
  readonly intervalMs: number
  readonly end: 'hold' | 'error' | 'ok'
  readonly initial: 'schema' | 'none'
}

const DEFAULT_INTERVAL_MS = 100

/** Reads a script; what is missing or unfit gets its default. */
export function readStreamScript(script: unknown): StreamScript {
  const given = isRecord(script) ? script : {}
  const packets: readonly unknown[] = Array.isArray(given['packets']) ? given['packets'] : []
  const frames = count(given['frames']) ?? (packets.length > 0 ? 0 : 1)
  const { end, initial } = given
  return {
    packets,
    frames,
    intervalMs: count(given['intervalMs']) ?? DEFAULT_INTERVAL_MS,
    end: end === 'error' || end === 'ok' ? end : 'hold',
    initial: initial === 'schema' || initial === 'none' ? initial : defaultInitial(frames),
  }
}

function defaultInitial(frames: number): StreamScript['initial'] {
  return frames > 0 ? 'schema' : 'none'
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined
}
