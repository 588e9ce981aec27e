/** The levels that a plugin may name in `@level` (LIFE-126), from least to most urgent. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error'

/** One way in which a stderr line differs from what docs/protocol/lifecycle.md section 10 asks for. */
export interface LogFinding {
  readonly spec: 'LIFE-122' | 'LIFE-124' | 'LIFE-125' | 'LIFE-126' | 'LIFE-129'
  readonly expected: string
  readonly found: string
}

/**
 * How go-plugin understood a line.
 *
 * - `hclog`: a JSON object with a known level; message and fields reach Grafana's log.
 * - `json`: JSON that go-plugin takes for an object (`null` included) but cannot use; its text is logged as it stands.
 * - `plain`: anything else.
 * - `chunk`: a piece of a line longer than go-plugin's buffer, never parsed (LIFE-129).
 */
export type LogForm = 'hclog' | 'json' | 'plain' | 'chunk'

/** One line of a plugin's stderr together with what Grafana makes of it (LIFE-120). */
export interface LogRecord {
  readonly raw: string
  readonly form: LogForm
  /** The level at which Grafana logs the line; never `trace`, which Grafana's wrapper turns into `debug` (LIFE-127). */
  readonly level: LogLevel
  /** What Grafana logs as `msg`; the server's last words where `endsGrafana` is set. */
  readonly message: string
  /** The fields that Grafana logs; empty unless `form` is `hclog`. */
  readonly fields: Readonly<Record<string, unknown>>
  /** The line crashes the whole Grafana server (LIFE-124). */
  readonly endsGrafana: boolean
  readonly findings: readonly LogFinding[]
}
