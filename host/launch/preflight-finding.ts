/** What is wrong with a plugin's files, found before anything is started. */
export interface PreflightFinding {
  /** The rule of docs/protocol/lifecycle.md that it concerns, such as `LIFE-002`. */
  readonly spec: string
  readonly kind: PreflightFindingKind
  /** What of plugin.json it is about; only for `metadata`. */
  readonly about?: 'missing' | 'unknown-key' | 'value'
  /** Whether the plugin can't start here; otherwise it is about other machines or about distribution. */
  readonly fatal: boolean
  /** The thing that it is about, mostly a path. */
  readonly what: string
  readonly expected: string
  readonly found: string
  readonly fix: string
  /** What Grafana would log as the error, for people who search for it. */
  readonly grafanaLog?: string
}

/** The things that can be wrong, as stable words. */
export type PreflightFindingKind =
  | 'missing'
  | 'not-executable'
  | 'wrong-architecture'
  | 'missing-interpreter'
  | 'missing-library'
  | 'interpreter-on-path'
  | 'glibc'
  | 'unknown-format'
  | 'mode'
  | 'missing-platform'
  | 'wrong-name'
  | 'without-backend'
  | 'debug-file'
  | 'no-socket'
  | 'metadata'
