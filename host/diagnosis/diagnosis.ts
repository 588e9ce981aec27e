/** What is most likely behind a plugin that does not come up, as a stable word. */
export type DiagnosisKind =
  // The files.
  | 'executable-missing'
  | 'not-executable'
  | 'wrong-architecture'
  | 'interpreter-missing'
  | 'loader-missing'
  | 'carriage-returns'
  | 'not-a-program'
  | 'no-socket'
  // The process ends.
  | 'library-missing'
  | 'runtime-missing'
  | 'module-missing'
  | 'variable-missing'
  | 'environment'
  | 'port-taken'
  | 'socket-folder'
  | 'no-unix-sockets'
  | 'read-only'
  | 'cookie-refused'
  | 'wants-arguments'
  | 'out-of-memory'
  | 'killed'
  | 'crash'
  | 'gives-up'
  | 'ends-silently'
  | 'detaches'
  | 'closes-stdout'
  // The first line.
  | 'banner'
  | 'empty-line'
  | 'not-a-handshake'
  | 'handshake-on-stderr'
  | 'decorated-line'
  | 'blanks-in-line'
  | 'core-version'
  | 'app-version'
  | 'network'
  | 'address'
  | 'unknown-host'
  | 'protocol'
  | 'certificate'
  | 'line-too-long'
  // No line.
  | 'line-not-ended'
  | 'listens-silently'
  | 'says-nothing'
  // The address.
  | 'other-family'
  | 'other-port'
  | 'other-place'
  | 'nobody-listens'
  | 'ends-after-announcing'
  | 'speaks-tls'
  | 'speaks-http1'
  | 'speaks-otherwise'
  | 'hangs-up'
  | 'never-answers'
  // Only where a host asks for TLS.
  | 'automtls'
  // The first call.
  | 'ends-at-first-call'

/** A table or a list that shows what a diagnosis rests on. */
export interface Exhibit {
  readonly title: string
  /** Cells of each row; all rows of an exhibit have the same number. */
  readonly rows: ReadonlyArray<readonly string[]>
}

/** Why a plugin did not come up: what happened, what Grafana logs, the most likely cause, and the fix. */
export interface Diagnosis {
  readonly kind: DiagnosisKind
  /** What happened, as it was observed. */
  readonly what: string
  readonly cause: string
  readonly fix: string
  /** The line in Grafana's log, word for word but for its time; empty where it logs nothing. */
  readonly grafanaLog: string
  /** Whether only this plugin is missing, or the whole server exits. */
  readonly blast: 'plugin' | 'server'
  readonly exhibits: readonly Exhibit[]
}

/** What a recogniser of one cause has to say; what it leaves out is taken from the fault. */
export interface Cause {
  readonly kind: DiagnosisKind
  readonly cause: string
  readonly fix?: string
}
