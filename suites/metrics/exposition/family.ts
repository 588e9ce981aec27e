/** The types that Prometheus' text format 0.0.4 knows. */
export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'untyped'

/** One value of one series, at the line where it stands. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
  readonly line: number
  /** Milliseconds since 1970; absent where the line names none. */
  readonly timestamp?: number
}

/** The samples that share a name; those of a histogram or summary include `_bucket`, `_sum` and `_count`. */
export interface Family {
  readonly name: string
  readonly type: MetricType
  readonly help?: string
  readonly samples: readonly Sample[]
}

/** One place where the bytes are not what a Prometheus scraper accepts; line and column count from 1, columns in characters. */
export interface ExpositionFinding {
  readonly spec: 'METRICS-003' | 'METRICS-004'
  readonly line: number
  readonly column: number
  readonly message: string
}
