import type { SampleChannel } from '../kernel/samples.ts'

/** What a subscriber names: the path of a channel and the data that goes with the subscription. */
export interface Route {
  readonly path: string
  readonly data: Uint8Array
}

/** Instructions for a scripted stream (fixtures/script.schema.json, `stream`). */
export interface StreamInstructions {
  readonly packets?: readonly unknown[]
  readonly frames?: number
  readonly intervalMs?: number
  readonly end?: 'hold' | 'error' | 'ok'
  readonly initial?: 'schema' | 'none'
}

/** A path to which nothing is attached, as when a panel follows `meta.channel` (STREAM-502). */
export function bareRoute(path: string): Route {
  return { path, data: new Uint8Array() }
}

/** A stream of a scripted subject that does what it is told. */
export function scriptedRoute(name: string, instructions: StreamInstructions): Route {
  return { path: `conformance/${name}`, data: jsonBytes({ conformance: instructions }) }
}

/** A channel that the plugin's author wrote down. */
export function sampleRoute({ path, data }: SampleChannel): Route {
  return data === undefined ? bareRoute(path) : { path, data: jsonBytes(data) }
}

/** A path that Grafana would deliver (STREAM-101) and that no plugin knows: 16 random letters. */
export function unknownRoute(random: () => number): Route {
  const letters = Array.from({ length: 16 }, () => String.fromCharCode(97 + Math.floor(random() * 26)))
  return bareRoute(`nowhere/${letters.join('')}`)
}

/** A value as a client would attach or publish it. */
export function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}
