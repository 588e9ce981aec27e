/** A query that the plugin understands, as its author would write it into a panel. */
export interface SampleQuery {
  readonly name: string
  /** The plugin's own part of the query model. */
  readonly model: Readonly<Record<string, unknown>>
  readonly queryType?: string
  /** Whether the query must fail in band. Default `data`. */
  readonly expect: 'data' | 'no-data' | 'error'
  /** Whether alert rules ask it. Default: unless its answer declares that it is something to look at. */
  readonly alerting?: boolean
  readonly from?: number
  readonly to?: number
}

/** A resource call that the plugin answers. */
export interface SampleResource {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly body?: string
}

/** A Live channel path that can be subscribed to. */
export interface SampleChannel {
  readonly path: string
  readonly data?: unknown
}

/** What the harness knows about the plugin besides the protocol (design: "Samples"). */
export interface Samples {
  readonly queries: readonly SampleQuery[]
  readonly resources: readonly SampleResource[]
  readonly channels: readonly SampleChannel[]
  /** Instance settings that work. */
  readonly settings: {
    readonly url?: string
    readonly jsonData?: Readonly<Record<string, unknown>>
    readonly secureJsonData?: Readonly<Record<string, string>>
  }
}

/** Nothing is known: the generic probes judge what needs no knowledge. */
export const noSamples: Samples = { queries: [], resources: [], channels: [], settings: {} }
