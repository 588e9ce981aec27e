/** What a plugin answered in a recording (fixtures/recordings/README.md). */
export interface RecordedAnswer {
  readonly responses?: Readonly<
    Record<
      string,
      {
        readonly status: number
        readonly error: string
        readonly errorSource: string
        /** Base64; an object where the bytes were left out because they are many. */
        readonly frames: readonly (string | object)[]
      }
    >
  >
  readonly messages?: readonly {
    readonly code?: number
    readonly headers?: Readonly<Record<string, readonly string[]>>
    readonly body?: string | object
    readonly delayMs?: number
  }[]
  readonly health?: { readonly status: number; readonly message?: string; readonly jsonDetails?: string }
  readonly metrics?: { readonly prometheus?: string }
  readonly subscribe?: { readonly status: number; readonly data?: string }
  readonly publish?: { readonly status: number; readonly data?: string }
  readonly grpcError?: { readonly code: number; readonly message: string }
}

/** An HTTP answer of Grafana, as recorded. */
export interface RecordedHttp {
  readonly status: number
  readonly contentType?: string
  readonly headers?: readonly (readonly [name: string, value: string])[]
  /** Absent where the body is empty or was left out. */
  readonly text?: string
  readonly length?: number
}

/** An answer of Grafana, as recorded: over HTTP, over the WebSocket, or several in a row. */
export type RecordedResponse =
  | RecordedHttp
  | readonly RecordedHttp[]
  | { readonly first?: RecordedHttp; readonly polls: readonly RecordedHttp[] }
  | { readonly reply: unknown }

/** One stimulus and what two Grafanas made of it; a line of fixtures/recordings/answers.ndjson. */
export interface RecordedExchange {
  readonly id: string
  readonly title: string
  readonly request: { readonly method?: string; readonly path?: string; readonly body?: string }
  readonly calls: readonly {
    readonly method: string
    readonly refIds?: readonly string[]
    readonly queries?: readonly RecordedQuery[]
    readonly answer: RecordedAnswer | null
  }[]
  readonly '10.4.3': RecordedSide
  readonly '12.4.0': RecordedSide
}

/** A query as the plugin received it; times that depend on the day of the recording are texts. */
export interface RecordedQuery {
  readonly refId: string
  readonly maxDataPoints: number
  readonly intervalMS: number
  readonly timeRange: { readonly fromEpochMS: number | string; readonly toEpochMS: number | string }
  readonly json: string
  readonly queryType: string
}

/** What one version answered, and the `error` of the lines that it logged. */
export interface RecordedSide {
  readonly response: RecordedResponse
  readonly logged?: readonly string[]
}

/** The versions that were recorded. */
export const recordedVersions = ['10.4.3', '12.4.0'] as const

/** Reads answers.ndjson. */
export function readExchanges(text: string): readonly RecordedExchange[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): RecordedExchange => JSON.parse(line))
}
