/** What went wrong, as a stable word that scripts may compare. */
export type ConformanceErrorCode =
  | 'usage'
  | 'subject-not-found'
  | 'subject-ambiguous'
  | 'plugin-json-invalid'
  | 'plugin-without-backend'
  | 'configuration-invalid'
  | 'plugin-start-failed'
  | 'nothing-judged'
  | 'interrupted'
  | 'harness-fault'

/**
 * Every error that a user of this project may see.
 *
 * `message` is a full sentence that names the thing, what was expected and what was found; `hint` says what to do next.
 */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError'
  readonly code: ConformanceErrorCode
  readonly hint: string | undefined

  constructor(code: ConformanceErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint
  }

  /** Wraps anything thrown; an error that is already ours stays itself. */
  static from(thrown: unknown, code: ConformanceErrorCode = 'harness-fault'): ConformanceError {
    if (thrown instanceof ConformanceError) return thrown
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    return new ConformanceError(code, message, { cause: thrown })
  }
}
