/** The levels that go-plugin knows; any other word demotes the line to debug (LIFE-126). */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error'

/** One event, before it becomes a line on stderr. */
export interface LogEntry {
  readonly level: LogLevel
  readonly message: string
  readonly at: Date
  /** Further keys of the line; never a secret (LIFE-132). */
  readonly fields: Readonly<Record<string, unknown>>
}

/** Writes events, one line each, through `behaviour.logs.format`. */
export interface Log {
  readonly trace: LogWrite
  readonly debug: LogWrite
  readonly info: LogWrite
  readonly warn: LogWrite
  readonly error: LogWrite
}

/** Logs one event of one level. */
export type LogWrite = (message: string, fields?: Readonly<Record<string, unknown>>) => void
